using Plumb.Cli.Demo;
using Plumb.Cli.Leaks;

namespace Plumb.Cli.Processes;

/// <summary>
/// The native agent that a .NET process loads: where PLUMB_AGENT says, beside plumb, or in a checkout, where it is built when it is first
/// needed, and again when any of its sources has changed.
/// </summary>
internal sealed class AgentFile
{
    private const string Name = "libplumb-agent.so";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string? _sources;

    private AgentFile(string path, string? sources = null)
    {
        Path = path;
        _sources = sources;
    }

    /// <summary>The file may not be there: it cannot be built everywhere.</summary>
    public string Path { get; }

    /// <summary>Whether there is nothing to build, so that no compiler is needed.</summary>
    public bool IsCurrent => _sources is null || SourceTimes.AreOlderThan(Path, [_sources]);

    /// <summary>The one that PLUMB_AGENT names; null when it names none.</summary>
    public static AgentFile? Named => Environment.GetEnvironmentVariable("PLUMB_AGENT") is { Length: > 0 } named ? new AgentFile(System.IO.Path.GetFullPath(named)) : null;

    /// <summary>The one that a checkout builds.</summary>
    public static AgentFile In(Checkout checkout)
    {
        string sources = System.IO.Path.Combine(checkout.Root, "src", "capture", "Plumb.Agent");
        return new AgentFile(System.IO.Path.Combine(checkout.Root, ".plumb", "agent", Name), File.Exists(ScriptIn(sources)) ? sources : null);
    }

    /// <summary>For the commands that look at a process: what needs the agent says so when it is not there, and the rest works without.</summary>
    /// <returns>The path of a file that may not be there.</returns>
    /// <exception cref="LeaksException">Stopped while it was built.</exception>
    public static async Task<string> FindAsync(CancellationToken stop)
    {
        AgentFile agent = Find();
        if (agent.IsCurrent)
            return agent.Path;
        Console.Error.WriteLine("plumb: building the native agent for .NET processes (once) …");
        try
        {
            (_, string log) = await agent.BuildAsync(stop).ConfigureAwait(false);
            Console.Error.WriteLine(log);
        }
        catch (LabException e)
        {
            throw new LeaksException(e.Message);
        }
        catch (OperationCanceledException)
        {
            throw new LeaksException("stopped while the native agent was built");
        }

        return agent.Path;
    }

    /// <summary>Does nothing when it is current.</summary>
    /// <returns>Whether it is, and what the build said.</returns>
    /// <exception cref="LabException">The build cannot be run.</exception>
    public async Task<(bool IsBuilt, string Log)> BuildAsync(CancellationToken stop)
    {
        if (IsCurrent)
            return (File.Exists(Path), "");
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        await using ChildProcess build = ChildProcess.Start(ScriptIn(_sources!), [System.IO.Path.GetDirectoryName(Path)!]);
        return (await build.ExitCodeAsync(limit.Token).ConfigureAwait(false) == 0, build.Log);
    }

    private static AgentFile Find()
    {
        if (Named is { } named)
            return named;
        var beside = new AgentFile(System.IO.Path.Combine(AppContext.BaseDirectory, Name));
        return !File.Exists(beside.Path) && Environment.GetEnvironmentVariable("PLUMB_CHECKOUT") is { Length: > 0 } checkout
            ? In(new Checkout(checkout))
            : beside;
    }

    private static string ScriptIn(string sources) => System.IO.Path.Combine(sources, "build");
}
