namespace Plumb.Cli.Leaks.Json;

// What `plumb leaks --json` prints; docs/formats/leaks-json.md describes it for its readers. These records are that format, and
// change with it only: the diagnosis may be refactored freely.

internal sealed record LeaksDocument
{
    public required int Schema { get; init; }

    public required string Target { get; init; }

    public string? StartedAt { get; init; }

    public RunDocument? Run { get; init; }

    public required string Verdict { get; init; }

    public required string Reason { get; init; }

    public required int Snapshots { get; init; }

    public required double DurationSeconds { get; init; }

    public double? Requests { get; init; }

    public required IReadOnlyList<FindingDocument> Findings { get; init; }

    public ForecastDocument? Forecast { get; init; }

    public required IReadOnlyList<SeriesDocument> Process { get; init; }

    public LoadDocument? Load { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }
}

internal sealed record RunDocument(double EverySeconds, int Snapshots, RunLoadDocument? Load);

internal sealed record RunLoadDocument(string Address, double RatePerSecond, int Connections);

internal sealed record FindingDocument
{
    public required string Fingerprint { get; init; }

    public required string Function { get; init; }

    public string? File { get; init; }

    public int? Line { get; init; }

    public string? Pattern { get; init; }

    public required string Title { get; init; }

    public required string Cause { get; init; }

    public required string Remedy { get; init; }

    public string? Reference { get; init; }

    public required IReadOnlyList<string> Resources { get; init; }

    public required string Unit { get; init; }

    public double? PerSecond { get; init; }

    public double? PerRequest { get; init; }

    public required double Confidence { get; init; }

    public double GrowthConfidence { get; init; }

    public string? FoundBy { get; init; }

    public required string Verdict { get; init; }

    public required IReadOnlyList<FrameDocument> Stack { get; init; }

    public required IReadOnlyList<FrameDocument> CreatedBy { get; init; }

    public required IReadOnlyList<FrameDocument> OtherEnds { get; init; }

    public required IReadOnlyList<VictimDocument> Victims { get; init; }

    public required IReadOnlyList<SeriesDocument> Evidence { get; init; }

    public ForecastDocument? Forecast { get; init; }
}

internal sealed record FrameDocument(string Function, string? File, int? Line, string Owner);

internal sealed record VictimDocument(string Function, string? File, int? Line, string Reason, double? PerSecond);

internal sealed record SeriesDocument
{
    public required string Name { get; init; }

    public required string Resource { get; init; }

    public required string Unit { get; init; }

    public required string Verdict { get; init; }

    public required string Reason { get; init; }

    public double? PerSecond { get; init; }

    public double? PerSecondLow { get; init; }

    public double? PerSecondHigh { get; init; }

    public required IReadOnlyList<double?> Seconds { get; init; }

    public required IReadOnlyList<double?> Values { get; init; }
}

internal sealed record ForecastDocument
{
    public required string Resource { get; init; }

    public required string LimitName { get; init; }

    public double? Limit { get; init; }

    public double? Current { get; init; }

    public double? PerSecond { get; init; }

    public double? SecondsToLimit { get; init; }

    public double? EarliestSeconds { get; init; }

    public double? LatestSeconds { get; init; }

    public string? Note { get; init; }
}

internal sealed record LoadDocument
{
    public required double DurationSeconds { get; init; }

    public required long Requests { get; init; }

    public required double RatePerSecond { get; init; }

    public required long Late { get; init; }

    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    public double? P50Millis { get; init; }

    public double? P95Millis { get; init; }

    public double? P99Millis { get; init; }
}
