using System.Globalization;
using System.Text.Json;
using Plumb.Collectors.Loading;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Growth;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Leaks.Json;

/// <summary>Writes a diagnosis in the format of <c>docs/formats/leaks-json.md</c>.</summary>
/// <remarks>The serialiser escapes control characters and everything beyond ASCII, so the text is safe on a terminal as it is.</remarks>
internal static class LeaksJson
{
    private const int Schema = 1;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Write(TextWriter output, LeaksOutcome outcome)
    {
        output.Write(JsonSerializer.Serialize(DocumentOf(outcome), LeaksJsonContext.Default.LeaksDocument));
        output.Write('\n');
    }

    private static LeaksDocument DocumentOf(LeaksOutcome outcome) => new()
    {
        Schema = Schema,
        Target = outcome.Target,
        StartedAt = outcome.StartedAt?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        Run = outcome.Settings is { } settings ? RunOf(settings) : null,
        Verdict = NameOf(outcome.Diagnosis.Verdict),
        Reason = outcome.Diagnosis.Reason,
        Snapshots = outcome.Diagnosis.Snapshots,
        DurationSeconds = outcome.Diagnosis.Duration.TotalSeconds,
        Requests = Finite(outcome.Diagnosis.Requests),
        Findings = [.. outcome.Diagnosis.Findings.Zip(LeakFingerprint.Of(outcome.Diagnosis.Findings), FindingOf)],
        Forecast = ForecastOf(outcome.Diagnosis.Forecast),
        Process = [.. outcome.Diagnosis.Process.Select(SeriesOf)],
        Load = outcome.Load is { } load ? LoadOf(load) : null,
        Notes = outcome.Diagnosis.Notes,
    };

    private static RunDocument RunOf(RunSettings settings) => new(
        settings.Every.TotalSeconds,
        settings.Snapshots,
        settings.Load is { } load ? new RunLoadDocument(load.Address, load.RatePerSecond, load.Connections) : null);

    private static FindingDocument FindingOf(Finding finding, string fingerprint) => new()
    {
        Fingerprint = fingerprint,
        Function = finding.Function,
        File = Known(finding.File),
        Line = Known(finding.Line),
        Pattern = finding.Pattern,
        Title = finding.Title,
        Cause = finding.Cause,
        Remedy = finding.Remedy,
        Reference = finding.Reference,
        Resources = finding.Resources,
        Unit = finding.Unit,
        PerSecond = Finite(finding.PerSecond),
        PerRequest = Finite(finding.PerRequest),
        Confidence = finding.Confidence,
        GrowthConfidence = finding.GrowthConfidence,
        FoundBy = finding.FoundBy.Length > 0 ? finding.FoundBy : null,
        Verdict = NameOf(finding.Verdict),
        Stack = [.. finding.Stack.Select(FrameOf)],
        CreatedBy = [.. finding.CreatedBy.Select(FrameOf)],
        OtherEnds = [.. finding.OtherEnds.Select(FrameOf)],
        Victims = [.. finding.Victims.Select(VictimOf)],
        Evidence = [.. finding.Evidence.Select(SeriesOf)],
        Forecast = ForecastOf(finding.Forecast),
    };

    private static FrameDocument FrameOf(Frame frame) => new(frame.Function, Known(frame.File), Known(frame.Line), frame.Owner switch
    {
        FrameOwner.Standard => "std",
        FrameOwner.ThirdParty => "third-party",
        _ => "application",
    });

    private static VictimDocument VictimOf(Victim victim) =>
        new(victim.Function, Known(victim.Frame?.File), Known(victim.Frame?.Line ?? 0), victim.Reason, Finite(victim.PerSecond));

    private static SeriesDocument SeriesOf(EvidenceSeries series) => new()
    {
        Name = series.Name,
        Resource = series.Resource,
        Unit = series.Unit,
        Verdict = series.Growth.Verdict switch
        {
            GrowthVerdict.Grows => "grows",
            GrowthVerdict.Suspicious => "suspicious",
            GrowthVerdict.Inconclusive => "inconclusive",
            _ => "flat",
        },
        Reason = series.Growth.Reason,
        PerSecond = Finite(series.Growth.PerSecond.Slope),
        PerSecondLow = Finite(series.Growth.PerSecond.Low),
        PerSecondHigh = Finite(series.Growth.PerSecond.High),
        Seconds = [.. series.Seconds.Select(second => Finite(second))],
        Values = [.. series.Values.Select(value => Finite(value))],
    };

    private static ForecastDocument? ForecastOf(Forecast? forecast) => forecast is null ? null : new ForecastDocument
    {
        Resource = forecast.Resource,
        LimitName = forecast.LimitName,
        Limit = Finite(forecast.Limit),
        Current = Finite(forecast.Current),
        PerSecond = Finite(forecast.PerSecond),
        SecondsToLimit = forecast.TimeToLimit.TotalSeconds,
        EarliestSeconds = forecast.Earliest.TotalSeconds,
        LatestSeconds = forecast.Latest?.TotalSeconds,
        Note = forecast.Note,
    };

    internal static LoadDocument LoadOf(LoadReport load) => new()
    {
        DurationSeconds = load.Elapsed.TotalSeconds,
        Requests = load.Ended,
        RatePerSecond = load.RatePerSecond,
        Late = load.Late,
        Errors = new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            ["broken"] = load.Broken,
            ["notConnected"] = load.NotConnected,
            ["status4xx"] = load[LoadOutcome.ClientError],
            ["status5xx"] = load[LoadOutcome.ServerError],
            ["timeout"] = load[LoadOutcome.Timeout],
        },
        P50Millis = load.Latencies.Quantile(0.5)?.TotalMilliseconds,
        P95Millis = load.Latencies.Quantile(0.95)?.TotalMilliseconds,
        P99Millis = load.Latencies.Quantile(0.99)?.TotalMilliseconds,
    };

    private static string NameOf(LeakVerdict verdict) => verdict switch
    {
        LeakVerdict.Leak => "leak",
        LeakVerdict.Suspicious => "suspicious",
        LeakVerdict.Inconclusive => "inconclusive",
        _ => "none",
    };

    // JSON has no NaN and no infinity: what is not known is null.
    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? known : null;

    private static string? Known(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static int? Known(int line) => line > 0 ? line : null;
}
