using Plumb.Cli.Leaks.Json;
using Plumb.Cli.Leaks.Progress;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Leaks.Rendering.Html;
using Plumb.Cli.Leaks.Rendering.Markdown;
using Plumb.Cli.Leaks.Rendering.Sarif;
using Plumb.Cli.Leaks.Sources;
using Plumb.Cli.Leaks.Web;
using Plumb.Cli.Web;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Leaks;

/// <summary>Runs a diagnosis for the user at the terminal or the pipeline: streams and exit code.</summary>
internal static class LeaksProgram
{
    // The first Ctrl-C ends the watching, and what was seen is judged.
    public static int Run(LeaksOptions options) => CommandHost.RunInStages("leaks", signals =>
    {
        if (options.Page is { } page)
        {
            return RunWithPageAsync(options, page, signals).GetAwaiter().GetResult();
        }

        using IProgressDisplay progress = ProgressOf(options);
        LeaksOutcome outcome = Take(options, progress, signals.Next());
        Write(options, outcome);
        return ExitCodes.Of(outcome.Diagnosis.Verdict);
    });

    // Here the second Ctrl-C takes the page away. A target that gives nothing to judge is told on the page as well, and ends the command.
    private static async Task<int> RunWithPageAsync(LeaksOptions options, PageOptions page, StopSignals signals)
    {
        CancellationToken stop = signals.Next();
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using LeaksSite site = await LeaksSite.StartAsync(options, page, stop).ConfigureAwait(false);
        using IProgressDisplay progress = site.Show(ProgressOf(options), stopped.Cancel);
        LeaksOutcome outcome;
        try
        {
            outcome = Take(options, progress, stopped.Token);
        }
        catch (LeaksException refused)
        {
            await site.FailAsync(refused).ConfigureAwait(false);
            throw;
        }

        site.Finish(outcome);
        Write(options, outcome);
        await site.StayAsync(signals.Next()).ConfigureAwait(false);
        return ExitCodes.Of(outcome.Diagnosis.Verdict);
    }

    // The live display is off the screen before anything else is written, a refusal too.
    private static LeaksOutcome Take(LeaksOptions options, IProgressDisplay progress, CancellationToken stop)
    {
        using (progress)
            return new LeaksRun(options, LeakFinder.Find, progress, TimeProvider.System).RunAsync(stop).GetAwaiter().GetResult();
    }

    public static IProgressDisplay ProgressOf(LeaksOptions options)
    {
        if (options.Quiet)
        {
            return new NoProgress();
        }

        return Console.IsErrorRedirected || Screen.IsDumb ? new PlainProgress(Console.Error) : new LiveProgress(Screen.HasColors(options.NoColor));
    }

    private static void Write(LeaksOptions options, LeaksOutcome outcome)
    {
        var sources = new SourceFolders([Environment.CurrentDirectory, .. options.Sources]);
        ReportPrinter.Print(options.Outputs, options.NoColor, (format, output, screen) => Write(format, output, screen, outcome, sources));
    }

    private static void Write(ReportFormat format, TextWriter output, Screen screen, LeaksOutcome outcome, SourceFolders sources)
    {
        switch (format)
        {
            case ReportFormat.Json:
                LeaksJson.Write(output, outcome);
                break;
            case ReportFormat.Sarif:
                new DiagnosisSarif(output, sources).Write(outcome);
                break;
            case ReportFormat.Markdown:
                new DiagnosisMarkdown(output, sources).Write(outcome);
                break;
            case ReportFormat.Html:
                new DiagnosisHtml(output, sources).Write(outcome);
                break;
            default:
                new DiagnosisText(output, screen.Palette, screen.Width, sources).Write(outcome.Target, outcome.Diagnosis, outcome.Load);
                break;
        }
    }
}
