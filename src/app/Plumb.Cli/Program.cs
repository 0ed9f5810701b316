using System.Reflection;
using Plumb.Cli.Compare;
using Plumb.Cli.Demo;
using Plumb.Cli.Isolate;
using Plumb.Cli.Leaks;
using Plumb.Cli.Pprof;
using Plumb.Cli.Processes;
using Plumb.Cli.Stress;
using Plumb.Cli.Verify;
using Plumb.Cli.Watch;

namespace Plumb.Cli;

internal static class Program
{
    private const int UsageError = 2;

    // The first word picks the command by hand: no command-line library is loaded for pprof, which scripts start many times.
    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["leaks", ..]:
                return LeaksCommand.Run(args[1..]);
            case ["pprof", ..]:
                return PprofProgram.Run(args[1..]);
            case ["compare", ..]:
                return CompareCommand.Run(args[1..]);
            case ["verify", ..]:
                return VerifyCommand.Run(args[1..]);
            case ["demo", ..]:
                return DemoCommand.Run(args[1..]);
            case ["isolate", ..]:
                return IsolateCommand.Run(args[1..]);
            case ["stress", ..]:
                return StressCommand.Run(args[1..]);
            case ["watch", ..]:
                return WatchCommand.Run(args[1..]);
            case ["attach", ..]:
                return AttachCommand.Run(args[1..]);
            case ["collect", ..]:
                return CollectCommand.Run(args[1..]);
            case ["version" or "--version"]:
                Console.Out.WriteLine($"plumb {Version()}");
                return 0;
            case ["help" or "--help" or "-h"]:
                Console.Out.Write(Usage);
                return 0;
            default:
                Console.Error.Write(args is [string unknown, ..] ? $"plumb: no command \"{unknown}\"\n\n{Usage}" : Usage);
                return UsageError;
        }
    }

    internal static string Version() =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private const string Usage = """
        usage: plumb <command> ...

          leaks    watch a running service, tell whether it leaks, and name the line
          compare  tell whether a new version leaks or costs more than the old one
          verify   after the mend, tell whether the leak is gone
          watch    live charts of a service, with evidence captured in time
          pprof    print a profile, as go tool pprof does
          isolate  find the routes of a service that leak
          stress   put a load on a service, and tell how it bears it
          attach   serve /debug/pprof/ of a .NET process that has no endpoints
          collect  take one profile of such a process
          demo     see it at work: a service that leaks, and its mended twin

        """;
}
