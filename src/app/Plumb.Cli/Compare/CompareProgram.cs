using Plumb.Cli.Compare.Json;
using Plumb.Cli.Compare.Rendering;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Progress;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Comparison;

namespace Plumb.Cli.Compare;

/// <summary>Runs a comparison for the user at the terminal or the pipeline.</summary>
internal static class CompareProgram
{
    public static int Run(CompareOptions options) => CommandHost.Run("compare", stop =>
    {
        CompareOutcome outcome = new CompareRun(options, side => ProgressOf(options, side), TimeProvider.System).RunAsync(stop).GetAwaiter().GetResult();
        ReportPrinter.Print(options.Outputs, options.NoColor, (format, output, screen) => Write(format, output, screen, outcome));
        return ExitCodeOf(outcome.Comparison.Verdict);
    });

    private static int ExitCodeOf(ComparisonVerdict verdict) => verdict switch
    {
        ComparisonVerdict.Same => ExitCodes.NoLeak,
        ComparisonVerdict.Worse => ExitCodes.Leak,
        _ => ExitCodes.Unproven,
    };

    // Two live displays cannot share a screen; a line for each snapshot of either can.
    private static IProgressDisplay ProgressOf(CompareOptions options, string side) =>
        options.Quiet ? new NoProgress() : new PlainProgress(Console.Error, $"{side}  ");

    private static void Write(ReportFormat format, TextWriter output, Screen screen, CompareOutcome outcome)
    {
        switch (format)
        {
            case ReportFormat.Json:
                ComparisonJson.Write(output, outcome);
                break;
            case ReportFormat.Markdown:
                new ComparisonMarkdown(output).Write(outcome);
                break;
            default:
                new ComparisonText(output, screen).Write(outcome);
                break;
        }
    }
}
