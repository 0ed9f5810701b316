using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Comparison;

namespace Plumb.Cli.Compare.Rendering;

/// <summary>What every report of a comparison says in the same words. Nothing is escaped yet.</summary>
internal static class ComparisonPhrases
{
    public static string Verdict(ComparisonVerdict verdict) => verdict switch
    {
        ComparisonVerdict.Worse => "WORSE",
        ComparisonVerdict.Inconclusive => "INCONCLUSIVE",
        _ => "SAME",
    };

    public static string Word(DifferenceVerdict verdict) => verdict switch
    {
        DifferenceVerdict.OnlyNew => "new",
        DifferenceVerdict.More => "more",
        DifferenceVerdict.Unclear => "unclear",
        DifferenceVerdict.Less => "less",
        DifferenceVerdict.Gone => "gone",
        _ => "same",
    };

    /// <summary>"13 snapshots over 60 s · 12,000 requests, 200 a second · leaks".</summary>
    public static string Side(ComparedSide side)
    {
        string seen = string.Create(CultureInfo.InvariantCulture, $"{side.Snapshots} snapshots over {Quantity.Duration(side.Duration)}");
        string served = side.Requests is { } requests ? $" · {Quantity.Count(Math.Round(requests))} requests, {Quantity.Count(Math.Round(side.RequestsPerSecond!.Value, 1))} a second" : "";
        return $"{seen}{served} · alone: {Phrases.Verdict(side.Diagnosis.Verdict).ToLowerInvariant()}";
    }

    /// <summary>A growth: "+1.02".</summary>
    public static string Rate(Estimate estimate, string unit) => estimate.IsKnown ? Signed(estimate.Value, unit) : "unknown";

    /// <summary>A cost: "4.2 KiB".</summary>
    public static string Cost(Estimate estimate, string unit) => estimate.IsKnown ? Amount(estimate.Value, unit) : "unknown";

    /// <summary>Half of the 95 % band around the change: "± 0.02".</summary>
    public static string Band(Difference difference) => double.IsFinite(difference.Band) ? $"± {Amount(difference.Band, difference.Unit)}" : "";

    /// <summary>How much more or less, in percent; empty where there was nothing before.</summary>
    public static string Percent(Difference difference)
    {
        double share = difference.Change / Math.Abs(difference.Old.Value);
        return double.IsFinite(share) && Math.Abs(share) < 100 ? string.Create(CultureInfo.InvariantCulture, $"{(share >= 0 ? "+" : "-")}{Math.Abs(share):0 %}") : "";
    }

    public static string Chance(double p) => p < 0.0001 ? "p <0.0001" : string.Create(CultureInfo.InvariantCulture, $"p {p:0.####}");

    /// <summary>What a cost is of: allocation and CPU go with requests, the others are levels.</summary>
    public static string What(Difference cost, bool perRequest) => cost.Resource switch
    {
        "alloc" => perRequest ? "allocated a request" : "allocated a second",
        "cpu" => perRequest ? "CPU a request" : "CPU a second",
        "heap" => "held",
        _ => "goroutines",
    };

    private static string Signed(double value, string unit) => $"{(value < 0 ? "-" : "+")}{Amount(Math.Abs(value), unit)}";

    private static string Amount(double value, string unit) => unit switch
    {
        "seconds" => value switch
        {
            0 => "0 s",
            < 0.001 => $"{Quantity.Count(value * 1e6)} µs",
            < 1 => $"{Quantity.Count(value * 1e3)} ms",
            _ => $"{Quantity.Count(value)} s",
        },
        "count" when value < 0.01 => string.Create(CultureInfo.InvariantCulture, $"{value:0.####}"),
        "bytes" when value < 10 && value > 0 => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} B"),
        _ => Quantity.Of(unit == "count" && value >= 100 ? Math.Round(value) : value, unit),
    };
}
