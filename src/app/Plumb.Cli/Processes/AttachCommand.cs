using System.CommandLine;
using System.Globalization;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Arguments;
using Plumb.Runtime;

namespace Plumb.Cli.Processes;

/// <summary><c>plumb attach</c>: the endpoints for a .NET process that has none, until Ctrl-C.</summary>
internal sealed class AttachCommand
{
    private const int DefaultPort = 6060;

    private readonly Argument<int?> _pid = new("PID")
    {
        Description = "The number of a .NET process on this machine.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int?> _port = new("--port")
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"The port of this machine on which /debug/pprof/ is served; 0 for any that is free. Default: {DefaultPort}."),
        HelpName = "N",
    };

    private readonly Option<bool> _environment = new("--env")
    {
        Description = "Print the variables with which a .NET process starts with the agent, so that its samples reach back to its start.",
    };

    /// <summary>Runs <c>plumb attach</c> with the arguments behind the word "attach".</summary>
    public static int Run(string[] arguments) => CommandLineHost.Run(new AttachCommand().Build(), arguments);

    private Command Build()
    {
        Command attach = new("attach", "Serve /debug/pprof/ of a .NET process that has no endpoints, until Ctrl-C.") { _pid, _port, _environment };
        attach.SetAction(result => Problem(result) is { } problem
            ? CommandLineHost.Refuse("attach", [problem])
            : CommandHost.Run("attach", stop => result.GetValue(_environment)
                ? PrintEnvironmentAsync(stop).GetAwaiter().GetResult()
                : ServeAsync(result.GetValue(_pid)!.Value, result.GetValue(_port) ?? DefaultPort, stop).GetAwaiter().GetResult()));
        return attach;
    }

    private string? Problem(ParseResult result) => (result.GetValue(_pid), result.GetValue(_environment), result.GetValue(_port)) switch
    {
        (null, false, _) => "name a process by its number, or ask for --env",
        (not null, true, _) => "--env is about processes that are to be started: leave the number out",
        (_, _, < 0 or > ushort.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"--port goes from 0 to {ushort.MaxValue}"),
        _ => null,
    };

    private static async Task<int> PrintEnvironmentAsync(CancellationToken stop)
    {
        string agent = await AgentFile.FindAsync(stop).ConfigureAwait(false);
        if (!File.Exists(agent))
            throw new LeaksException($"the native agent is not at {agent}", "src/capture/Plumb.Agent/build FOLDER builds it; PLUMB_AGENT says where it is.");
        foreach ((string name, string value) in AgentEnvironment.Variables(agent))
            Console.Out.WriteLine($"export {name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'");
        return ExitCodes.NoLeak;
    }

    private static async Task<int> ServeAsync(int pid, int port, CancellationToken stop)
    {
        string agent = await AgentFile.FindAsync(stop).ConfigureAwait(false);
        await using ProcessEndpoints endpoints = await ProcessEndpoints.OnPortAsync(pid, agent, port, stop).ConfigureAwait(false);
        if (endpoints.WithoutAgent is { } reason)
            ProcessTarget.Say("attach", $"without the native agent: {reason}");
        ProcessTarget.Say("attach", $"process {pid} is served at {endpoints.Address}/debug/pprof/ until Ctrl-C, to every user of this machine");
        await EndAsync(pid, endpoints, stop).ConfigureAwait(false);
        return ExitCodes.NoLeak;
    }

    /// <summary>Returns when the user or the process ends it.</summary>
    private static async Task EndAsync(int pid, ProcessEndpoints endpoints, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                if (!endpoints.ProcessHasEnded)
                    continue;
                ProcessTarget.Say("attach", $"process {pid} has ended");
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
        }
    }
}
