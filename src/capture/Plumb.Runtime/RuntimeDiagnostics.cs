using System.Net.Sockets;
using Microsoft.Diagnostics.NETCore.Client;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime;

/// <summary>What it means when a runtime's diagnostics port does not answer as asked.</summary>
internal static class RuntimeDiagnostics
{
    public static bool IsRefusal(Exception e) =>
        e is ServerNotAvailableException or ServerErrorException or UnsupportedCommandException or TimeoutException or ProfilerAlreadyActiveException
            or EndOfStreamException or IOException or SocketException;

    /// <param name="what">What was not done, as the end of "the runtime did not …".</param>
    public static ProfileUnavailableException Explain(TargetProcess target, Exception e, string what) => e switch
    {
        _ when target.HasEnded => new ProfileUnavailableException($"process {target.Id} has ended", e),
        ProfilerAlreadyActiveException => new ProfileUnavailableException("another profiler is loaded that tolerates no second one", e),
        ServerNotAvailableException when target.IsOwn => new ProfileUnavailableException("the runtime's diagnostics are off (DOTNET_EnableDiagnostics or DOTNET_EnableDiagnostics_IPC is 0), or TMPDIR is not writable", e),
        ServerNotAvailableException => new ProfileUnavailableException($"the runtime of process {target.Id} does not answer: it may be stopped, or ending", e),
        _ => new ProfileUnavailableException($"the runtime did not {what}: {e.Message}", e),
    };
}
