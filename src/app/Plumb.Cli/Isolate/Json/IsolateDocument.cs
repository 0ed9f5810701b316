namespace Plumb.Cli.Isolate.Json;

/// <summary>The document of <c>docs/formats/isolate-json.md</c>.</summary>
internal sealed record IsolateDocument
{
    public required int Schema { get; init; }

    public required string Target { get; init; }

    public required string Verdict { get; init; }

    public required bool Complete { get; init; }

    public required bool Interrupted { get; init; }

    public required double DurationSeconds { get; init; }

    public required long Requests { get; init; }

    public required IReadOnlyList<string> Routes { get; init; }

    public required IReadOnlyList<LeakingDocument> Leaking { get; init; }

    public required IReadOnlyList<string> Suspected { get; init; }

    public required IReadOnlyList<RoundDocument> Rounds { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }
}

internal sealed record LeakingDocument
{
    public required IReadOnlyList<string> Routes { get; init; }

    public required string Verdict { get; init; }

    public required IReadOnlyList<SignalDocument> LeftBehind { get; init; }

    public required string? Function { get; init; }

    public required string? File { get; init; }

    public required int? Line { get; init; }

    public required string? Pattern { get; init; }

    public required string? Title { get; init; }

    public required string? Cause { get; init; }

    public required string? Remedy { get; init; }

    public required double? Confidence { get; init; }

    public required string? Reason { get; init; }
}

internal sealed record SignalDocument(string Resource, string? Place, double PerRequest, double Low, double High, bool Certain);

internal sealed record RoundDocument(
    int Number, string Purpose, IReadOnlyList<int> Routes, int RequestsPerRoute, long Errors, double? Goroutines, double? Descriptors, double? HeapBytes);
