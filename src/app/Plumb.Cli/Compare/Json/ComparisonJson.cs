using System.Text.Json;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Compare.Json;

/// <summary>Writes a comparison in the format of <c>docs/formats/compare.schema.json</c>.</summary>
internal static class ComparisonJson
{
    private const int Schema = 1;
    private const int MaxStack = 64;

    public static void Write(TextWriter output, CompareOutcome outcome)
    {
        output.Write(JsonSerializer.Serialize(DocumentOf(outcome), ComparisonJsonContext.Default.ComparisonDocument));
        output.Write('\n');
    }

    private static ComparisonDocument DocumentOf(CompareOutcome outcome)
    {
        SeriesComparison comparison = outcome.Comparison;
        return new ComparisonDocument
        {
            Schema = Schema,
            Verdict = comparison.Verdict switch
            {
                ComparisonVerdict.Worse => "worse",
                ComparisonVerdict.Same => "same",
                _ => "inconclusive",
            },
            Reason = comparison.Reason,
            Per = comparison.IsPerRequest ? "request" : "second",
            Old = SideOf(outcome.Old, comparison.Old),
            New = SideOf(outcome.New, comparison.New),
            NewLeaks = LeaksOf(comparison.NewLeaks, comparison.New.Diagnosis),
            GoneLeaks = LeaksOf(comparison.GoneLeaks, comparison.Old.Diagnosis),
            CommonLeaks = LeaksOf(comparison.CommonLeaks, comparison.New.Diagnosis),
            Growth = [.. comparison.Growth.Select(DifferenceOf)],
            Costs = [.. comparison.Costs.Select(DifferenceOf)],
            Notes = comparison.Notes,
        };
    }

    private static SideDocument SideOf(string target, ComparedSide side) => new(
        target,
        side.Snapshots,
        side.Duration.TotalSeconds,
        side.Requests,
        side.RequestsPerSecond,
        side.Diagnosis.Verdict switch
        {
            LeakVerdict.Leak => "leak",
            LeakVerdict.Suspicious => "suspicious",
            LeakVerdict.Inconclusive => "inconclusive",
            _ => "none",
        },
        side.Diagnosis.Reason);

    private static List<ComparedLeakDocument> LeaksOf(IReadOnlyList<Finding> leaks, Diagnosis diagnosis)
    {
        IReadOnlyList<string> fingerprints = LeakFingerprint.Of(diagnosis.Findings);
        return [.. diagnosis.Findings.Index().Where(one => leaks.Contains(one.Item)).Select(one => LeakOf(one.Item, fingerprints[one.Index]))];
    }

    private static ComparedLeakDocument LeakOf(Finding leak, string fingerprint) => new(
        fingerprint,
        leak.Function,
        leak.File,
        leak.Line > 0 ? leak.Line : null,
        leak.Pattern,
        leak.Title,
        leak.Remedy,
        leak.Resources,
        Finite(leak.PerSecond),
        Finite(leak.PerRequest),
        leak.Confidence);

    private static DifferenceDocument DifferenceOf(Difference difference) => new(
        difference.Name,
        difference.Resource,
        difference.Unit,
        difference.IsProcess,
        difference.Verdict switch
        {
            DifferenceVerdict.OnlyNew => "onlyNew",
            DifferenceVerdict.More => "more",
            DifferenceVerdict.Unclear => "unclear",
            DifferenceVerdict.Less => "less",
            DifferenceVerdict.Gone => "gone",
            _ => "same",
        },
        Finite(difference.Old.Value),
        Finite(difference.New.Value),
        Finite(difference.Change),
        Finite(difference.Band),
        difference.P,
        [.. difference.Stack.Take(MaxStack)]);

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? known : null;
}
