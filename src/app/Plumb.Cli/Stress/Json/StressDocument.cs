namespace Plumb.Cli.Stress.Json;

/// <summary>The document of <c>docs/formats/stress-json.md</c>.</summary>
internal sealed record StressDocument
{
    public required int Schema { get; init; }

    public required bool Passed { get; init; }

    public required bool Interrupted { get; init; }

    public required double DurationSeconds { get; init; }

    public required long Requests { get; init; }

    public required double? AskedPerSecond { get; init; }

    public required double PerSecond { get; init; }

    public required long Late { get; init; }

    public required double BytesReceived { get; init; }

    public required long ConnectionsOpened { get; init; }

    public required double ClientCpuSeconds { get; init; }

    public required LatencyDocument? Latency { get; init; }

    public required IReadOnlyDictionary<string, long> Statuses { get; init; }

    public required long Errors { get; init; }

    public required IReadOnlyDictionary<string, long> ErrorKinds { get; init; }

    public required IReadOnlyList<RequestDocument> Mix { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }
}

internal sealed record LatencyDocument(string From, IReadOnlyDictionary<string, double> Millis);

internal sealed record RequestDocument(string Request, long Count, long Errors, double? MeanMillis, double SlowestMillis);
