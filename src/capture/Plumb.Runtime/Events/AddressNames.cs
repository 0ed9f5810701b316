using Plumb.Runtime.Naming;
using Plumb.Runtime.NetTrace;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Events;

/// <summary>What methods lie at addresses, from the runtime's list of all methods. Writing that takes it some tenths of a second.</summary>
internal static class AddressNames
{
    /// <returns>A name for each address; empty where there is no managed code.</returns>
    public static async Task<string[]> FindAsync(TargetProcess target, IReadOnlyList<ulong> addresses, CancellationToken stop)
    {
        var sink = new CountSink(RuntimeEvents.ThreadCreating, startsWithType: false);
        await EventSession.CaptureAsync(target, [EventCapture.ThreadCreation.Provider], trace => NetTraceReader.Read(trace, sink), _ => Task.CompletedTask, stop).ConfigureAwait(false);

        using var names = new FrameNamer(target);
        var found = new string[addresses.Count];
        for (int i = 0; i < found.Length; i++)
            found[i] = sink.Code.TryFind(addresses[i], out MethodRange method) ? names.Name(sink.Code.Module(method.Module), method.Token, method.Name) : "";
        return found;
    }
}
