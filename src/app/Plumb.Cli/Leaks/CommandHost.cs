using System.Runtime.InteropServices;
using Plumb.Profiles;

namespace Plumb.Cli.Leaks;

/// <summary>The edge of the process for the commands that watch services: signals, refusals and faults become exit codes.</summary>
internal static class CommandHost
{
    private const string ShowCursor = "\u001b[?25h";

    /// <param name="command">The word behind "plumb".</param>
    /// <param name="run">The work; its token is cancelled by the first Ctrl-C, and the second ends the program.</param>
    public static int Run(string command, Func<CancellationToken, int> run) => RunInStages(command, signals => run(signals.Next()));

    /// <param name="command">The word behind "plumb".</param>
    /// <param name="run">The work; each stage that it begins is ended by a Ctrl-C, and one too many ends the program.</param>
    public static int RunInStages(string command, Func<StopSignals, int> run)
    {
        using var stop = new StopSignals();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        try
        {
            return run(stop);
        }
        catch (LeaksException refused)
        {
            Console.Error.WriteLine($"plumb {command}: {TerminalText.Escape(refused.Message)}");
            if (refused.Advice is { } advice)
            {
                Console.Error.WriteLine($"  {TerminalText.Escape(advice)}");
            }

            return ExitCodes.Error;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A fault of Plumb itself must not look like a verdict to a pipeline, and a crash's exit code might.
            Console.Error.WriteLine($"plumb {command}: internal error, please report it: {TerminalText.Escape(fault.ToString())}");
            return ExitCodes.Error;
        }
    }

    private static void Stop(PosixSignalContext signal, StopSignals stop)
    {
        signal.Cancel = true;
        if (stop.Signal())
        {
            return;
        }

        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write(ShowCursor);
        }

        Environment.Exit(ExitCodes.Interrupted);
    }
}
