using System.Runtime.InteropServices;
using Plumb.Cli.Leaks.Json;
using Plumb.Cli.Leaks.Progress;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Leaks.Rendering.Html;
using Plumb.Cli.Leaks.Rendering.Markdown;
using Plumb.Cli.Leaks.Rendering.Sarif;
using Plumb.Cli.Leaks.Sources;
using Plumb.Leaks.Diagnoses;
using Plumb.Profiles;

namespace Plumb.Cli.Leaks;

/// <summary>Runs a diagnosis for the user at the terminal or the pipeline: signals, streams, exit code.</summary>
internal static class LeaksProgram
{
    private const string ShowCursor = "\u001b[?25h";

    public static int Run(LeaksOptions options)
    {
        using var stop = new CancellationTokenSource();
        using IProgressDisplay progress = ProgressOf(options);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        try
        {
            LeaksOutcome outcome = new LeaksRun(options, LeakFinder.Find, progress, TimeProvider.System).RunAsync(stop.Token).GetAwaiter().GetResult();
            progress.Dispose();
            Write(options, outcome);
            return ExitCodes.Of(outcome.Diagnosis.Verdict);
        }
        catch (LeaksException refused)
        {
            progress.Dispose();
            Console.Error.WriteLine($"plumb leaks: {TerminalText.Escape(refused.Message)}");
            if (refused.Advice is { } advice)
            {
                Console.Error.WriteLine($"  {TerminalText.Escape(advice)}");
            }

            return ExitCodes.Error;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The edge of the process: a fault of Plumb itself must not look like a verdict to a pipeline, and a crash's exit code might.
            progress.Dispose();
            Console.Error.WriteLine($"plumb leaks: internal error, please report it: {TerminalText.Escape(fault.ToString())}");
            return ExitCodes.Error;
        }
    }

    // The first Ctrl-C ends the watching, and what was seen is judged; the second ends the program.
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        if (!stop.IsCancellationRequested)
        {
            stop.Cancel();
            return;
        }

        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write(ShowCursor);
        }

        Environment.Exit(ExitCodes.Interrupted);
    }

    private static IProgressDisplay ProgressOf(LeaksOptions options)
    {
        if (options.Quiet)
        {
            return new NoProgress();
        }

        return Console.IsErrorRedirected || Screen.IsDumb ? new PlainProgress(Console.Error) : new LiveProgress(useColor: !options.NoColor);
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
