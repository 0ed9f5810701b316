using Plumb.Cli.Isolate.Json;
using Plumb.Cli.Isolate.Progress;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Loading;
using Plumb.Leaks.Diagnoses;
using Plumb.Profiles;

namespace Plumb.Cli.Isolate;

/// <summary>Runs a search for the user at the terminal or the pipeline: consent, signals, streams, exit code.</summary>
internal static class IsolateProgram
{
    private const int PlainWidth = 100;

    public static int Run(IsolateOptions options)
    {
        using var interruption = new Interruption();
        using IIsolateDisplay display = DisplayOf(options);
        try
        {
            var consent = new LoadConsent(options.Allow, options.Yes, LoadConsent.AskOnTerminal());
            IsolateOutcome outcome = new IsolateRun(options, LeakFinder.Find, consent, display, TimeProvider.System)
                .RunAsync(interruption.Token).GetAwaiter().GetResult();
            display.Dispose();
            Write(options, outcome);
            return ExitCodes.Of(outcome.Verdict);
        }
        catch (LeaksException refused)
        {
            display.Dispose();
            Console.Error.WriteLine($"plumb isolate: {TerminalText.Escape(refused.Message)}");
            if (refused.Advice is { } advice)
            {
                Console.Error.WriteLine($"  {TerminalText.Escape(advice)}");
            }

            return ExitCodes.Error;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            display.Dispose();
            Console.Error.WriteLine("plumb isolate: stopped before the first round: nothing is known");
            return ExitCodes.Error;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The edge of the process: a fault of Plumb itself must not look like a verdict to a pipeline.
            display.Dispose();
            Console.Error.WriteLine($"plumb isolate: internal error, please report it: {TerminalText.Escape(fault.ToString())}");
            return ExitCodes.Error;
        }
    }

    private static IIsolateDisplay DisplayOf(IsolateOptions options)
    {
        if (options.Quiet)
        {
            return new NoIsolateDisplay();
        }

        return Console.IsErrorRedirected || IsDumb() ? new PlainIsolateDisplay(Console.Error) : new LiveIsolateDisplay(UsesColour(options));
    }

    private static bool IsDumb() => Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";

    private static bool UsesColour(IsolateOptions options) => !options.NoColor && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static void Write(IsolateOptions options, IsolateOutcome outcome)
    {
        try
        {
            using var output = new StreamWriter(Console.OpenStandardOutput());
            if (options.Json)
            {
                IsolateJson.Write(output, outcome);
                return;
            }

            bool terminal = !Console.IsOutputRedirected && !IsDumb();
            new IsolateText(output, terminal && UsesColour(options) ? Palette.Ansi : Palette.None, terminal ? Console.WindowWidth : PlainWidth).Write(outcome);
        }
        catch (IOException)
        {
            // The reader of the pipe has gone; the exit code still tells the verdict.
        }
    }
}
