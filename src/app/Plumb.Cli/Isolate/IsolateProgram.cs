using Plumb.Cli.Isolate.Json;
using Plumb.Cli.Isolate.Progress;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Loading;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Isolate;

/// <summary>Runs a search for the user at the terminal or the pipeline: consent, signals, streams, exit code.</summary>
internal static class IsolateProgram
{
    public static int Run(IsolateOptions options) => CommandHost.Run("isolate", stop =>
    {
        try
        {
            IsolateOutcome outcome = Search(options, stop);
            Write(options, outcome);
            return ExitCodes.Of(outcome.Verdict);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new LeaksException("stopped before the first round: nothing is known");
        }
    });

    // The display is gone before the report, or the refusal, is written.
    private static IsolateOutcome Search(IsolateOptions options, CancellationToken stop)
    {
        using IIsolateDisplay display = DisplayOf(options);
        var consent = new LoadConsent(options.Allow, options.Yes, LoadConsent.AskOnTerminal());
        return new IsolateRun(options, LeakFinder.Find, consent, display, TimeProvider.System).RunAsync(stop).GetAwaiter().GetResult();
    }

    private static IIsolateDisplay DisplayOf(IsolateOptions options)
    {
        if (options.Quiet)
        {
            return new NoIsolateDisplay();
        }

        return Console.IsErrorRedirected || Screen.IsDumb ? new PlainIsolateDisplay(Console.Error) : new LiveIsolateDisplay(Screen.HasColors(options.NoColor));
    }

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

            Screen screen = Screen.OfOutput(options.NoColor);
            new IsolateText(output, screen.Palette, screen.Width).Write(outcome);
        }
        catch (IOException)
        {
            // The reader of the pipe has gone; the exit code still tells the verdict.
        }
    }
}
