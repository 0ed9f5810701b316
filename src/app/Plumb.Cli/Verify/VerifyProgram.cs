using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Progress;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Verify.Json;
using Plumb.Collectors.Loading;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Verify;

/// <summary>Runs a verification for the user at the terminal or the pipeline.</summary>
internal static class VerifyProgram
{
    /// <param name="read">Reads the report that the command line names.</param>
    public static int Run(Func<VerifyOptions> read) => CommandHost.Run("verify", stop =>
    {
        VerifyOptions options = read();
        LeaksOutcome taken = Take(options, stop);
        if (taken.Series!.Count < 2)
        {
            throw new LeaksException("there is one snapshot only: growth cannot be told from it");
        }

        Verification verification = LeakVerifier.Verify(options.Report.Leaks, options.Report.Known, taken.Series, taken.Diagnosis, options.Series.MainModule, MoreFailed(taken.Load, options.Report));
        ReportPrinter.Print(options.Outputs, options.Series.NoColor, (format, output, screen) => Write(format, output, screen, taken, verification));
        return verification.Verdict switch
        {
            VerificationVerdict.Gone => ExitCodes.NoLeak,
            VerificationVerdict.Leaks => ExitCodes.Leak,
            _ => ExitCodes.Unproven,
        };
    });

    // Requests that do not get as far as the leak show nothing of it.
    private static double MoreFailed(LoadReport? load, EarlierReport report) => load is { Ended: > 0 } ? ((double)load.Errors / load.Ended) - report.Failed : 0;

    private static LeaksOutcome Take(VerifyOptions options, CancellationToken stop)
    {
        using IProgressDisplay progress = LeaksProgram.ProgressOf(options.Series);
        return new LeaksRun(options.Series, LeakFinder.Find, progress, TimeProvider.System).RunAsync(stop).GetAwaiter().GetResult();
    }

    private static void Write(ReportFormat format, TextWriter output, Screen screen, LeaksOutcome taken, Verification verification)
    {
        switch (format)
        {
            case ReportFormat.Json:
                VerificationJson.Write(output, taken, verification);
                break;
            case ReportFormat.Markdown:
                VerificationMarkdown.Write(output, taken, verification);
                break;
            default:
                new VerificationText(output, screen).Write(taken, verification);
                break;
        }
    }
}
