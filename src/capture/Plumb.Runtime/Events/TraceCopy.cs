using System.Diagnostics.Tracing;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Events;

/// <summary>The runtime's trace as it is, for the tools that read nettrace.</summary>
internal static class TraceCopy
{
    // Collections, loading, compiling, locks, exceptions, the pool; what `dotnet-trace` takes by default.
    private const long Keywords = 0x14C1_4FCC_BD;

    public static Task RunAsync(TargetProcess process, Stream target, TimeSpan duration, TimeProvider time, CancellationToken stop) => EventSession.CaptureAsync(
        process,
        [EventSession.OfSamples(), EventSession.OfRuntime(Keywords, EventLevel.Informational)],
        trace => Copy(trace, target, stop),
        end => Task.Delay(duration, time, end),
        stop);

    private static void Copy(Stream trace, Stream target, CancellationToken stop)
    {
        const int Bytes = 64 * 1024;
        byte[] buffer = new byte[Bytes];
        for (int read; (read = trace.Read(buffer)) > 0;)
        {
            // A response may only be written asynchronously; this thread has nothing else to do than to wait for it.
            target.WriteAsync(buffer.AsMemory(0, read), stop).AsTask().GetAwaiter().GetResult();
        }
    }
}
