using System.Globalization;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Leaks.Rendering;

/// <summary>What every report says in the same words. Nothing is escaped yet: that is for the format that shows it.</summary>
internal static class Phrases
{
    private const double NearlyAsSure = 0.9;

    public static string Verdict(LeakVerdict verdict) => verdict switch
    {
        LeakVerdict.Leak => "LEAK",
        LeakVerdict.Suspicious => "SUSPICIOUS",
        LeakVerdict.Inconclusive => "INCONCLUSIVE",
        _ => "NO LEAK",
    };

    /// <summary>How much was looked at: "13 snapshots over 60 s · 12,000 requests".</summary>
    public static string Span(Diagnosis diagnosis)
    {
        string snapshots = string.Create(
            CultureInfo.InvariantCulture,
            $"{diagnosis.Snapshots} snapshot{(diagnosis.Snapshots == 1 ? "" : "s")} over {Quantity.Duration(diagnosis.Duration)}");
        return diagnosis.Requests is { } requests ? $"{snapshots} · {Quantity.Count(Math.Round(requests))} requests" : snapshots;
    }

    public static string Forecast(Forecast forecast)
    {
        string unit = forecast.Resource is "heap" or "rss" ? "bytes" : "count";
        string range = forecast.Latest is { } latest
            ? $"between {Quantity.Duration(forecast.Earliest)} and {Quantity.Duration(latest)}"
            : $"{Quantity.Duration(forecast.Earliest)} at the earliest";
        string note = forecast.Note is { } text ? $" {text}" : "";
        return $"Reaches the {forecast.LimitName} of {Quantity.Of(forecast.Limit, unit)} in {Quantity.Duration(forecast.TimeToLimit)}"
            + $" ({range}); it is at {Quantity.Of(forecast.Current, unit)} now.{note}";
    }

    /// <summary>"+200 goroutines/s · 1 a request".</summary>
    public static string Growth(Finding finding)
    {
        string resource = finding.Resources.Count > 0 ? finding.Resources[0] : "";
        if (finding.Standing is { } standing)
        {
            return $"{Quantity.Count(standing)} {Noun(resource)} and no more of late";
        }

        string growth = finding.Unit == "bytes"
            ? $"{Quantity.Rate(finding.PerSecond, finding.Unit)} of {Noun(resource)}"
            : Quantity.Rate(finding.PerSecond, finding.Unit, Noun(resource));
        return finding.PerRequest is { } perRequest ? $"{growth} · {Quantity.Of(perRequest, finding.Unit)} a request" : growth;
    }

    /// <summary>"a leak, 99 % sure"; where the function is much less sure than the growth, both are said.</summary>
    public static string Certainty(Finding finding)
    {
        string verdict = finding.Verdict switch
        {
            LeakVerdict.Leak => "a leak",
            LeakVerdict.Suspicious => "suspicious",
            LeakVerdict.Inconclusive => "inconclusive",
            _ => "no leak",
        };
        return finding.Confidence < NearlyAsSure * finding.GrowthConfidence
            ? $"{verdict}, {Quantity.Percent(finding.GrowthConfidence)} sure; {Quantity.Percent(finding.Confidence)} that it is this function's"
            : $"{verdict}, {Quantity.Percent(finding.Confidence)} sure";
    }

    /// <summary>"12 → 5,012".</summary>
    public static string Levels(EvidenceSeries series)
    {
        double first = series.Values.FirstOrDefault(double.IsFinite, double.NaN);
        double last = series.Values.LastOrDefault(double.IsFinite, double.NaN);
        return double.IsFinite(first) ? $"{Quantity.Of(first, series.Unit)} → {Quantity.Of(last, series.Unit)}" : "no values";
    }

    /// <summary>Growth where it grows, else why it does not count as growth.</summary>
    public static string Tendency(EvidenceSeries series) =>
        series.Growth.IsGrowing ? Quantity.Rate(series.Growth.PerSecond.Slope, series.Unit) : series.Growth.Reason;

    public static string Place(string path, int line) =>
        path.Length == 0 || line < 1 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}:{line}");

    /// <summary>The last two parts of a path: enough to know the file, short enough to read.</summary>
    public static string ShortPath(string path)
    {
        int last = path.LastIndexOf('/');
        int before = last <= 0 ? -1 : path.LastIndexOf('/', last - 1);
        return before < 0 ? path : path[(before + 1)..];
    }

    private static string Noun(string resource) => resource switch
    {
        "goroutine" => "goroutines",
        "fd" => "descriptors",
        "socket" => "sockets",
        "thread" => "threads",
        "rss" => "memory",
        _ => resource,
    };
}
