using Plumb.Cli.Leaks;
using Plumb.Collectors.Targets;
using Plumb.Profiles;

namespace Plumb.Cli.Processes;

/// <summary>A .NET process as a target of the commands that watch services: its endpoints are served to this program alone.</summary>
internal sealed class ProcessTarget : IAsyncDisposable
{
    private readonly ProcessEndpoints _endpoints;

    private ProcessTarget(int pid, ProcessEndpoints endpoints)
    {
        Pid = pid;
        _endpoints = endpoints;
        Address = TargetAddress.OfSocket(endpoints.Address, $"process-{pid}");
    }

    public int Pid { get; }

    public TargetAddress Address { get; }

    public bool HasAgent => _endpoints.WithoutAgent is null;

    /// <summary>Whether the agent was there before: then its samples reach back further than this.</summary>
    public bool WasSampling => _endpoints.WasSampling;

    /// <param name="command">The word behind "plumb", before what is told.</param>
    /// <exception cref="LeaksException">The process cannot be looked at.</exception>
    public static async Task<ProcessTarget> AttachAsync(string command, int pid, CancellationToken stop)
    {
        string agent = await AgentFile.FindAsync(stop).ConfigureAwait(false);
        ProcessEndpoints endpoints = await ProcessEndpoints.OnSocketAsync(pid, agent, stop).ConfigureAwait(false);
        if (endpoints.WithoutAgent is { } reason)
            Say(command, $"without the native agent: {reason}");
        return new ProcessTarget(pid, endpoints);
    }

    public ValueTask DisposeAsync() => _endpoints.DisposeAsync();

    public static void Say(string command, string text) => Console.Error.WriteLine($"plumb {command}: {TerminalText.Escape(text)}");
}
