using Microsoft.Diagnostics.NETCore.Client;

namespace Plumb.Runtime;

/// <summary>The runtime's own diagnostics port, as this process reaches it, and what it means when it does not answer.</summary>
internal static class RuntimeDiagnostics
{
    public static DiagnosticsClient Own { get; } = new(Environment.ProcessId);

    public static bool IsRefusal(Exception e) =>
        e is ServerNotAvailableException or ServerErrorException or UnsupportedCommandException or TimeoutException or ProfilerAlreadyActiveException;

    /// <param name="what">What was not done, as the end of "the runtime did not …".</param>
    public static ProfileUnavailableException Explain(Exception e, string what) => e switch
    {
        ProfilerAlreadyActiveException => new ProfileUnavailableException("another profiler is loaded that tolerates no second one", e),
        ServerNotAvailableException => new ProfileUnavailableException("the runtime's diagnostics are off (DOTNET_EnableDiagnostics or DOTNET_EnableDiagnostics_IPC is 0), or TMPDIR is not writable", e),
        _ => new ProfileUnavailableException($"the runtime did not {what}: {e.Message}", e),
    };
}
