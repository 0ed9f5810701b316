namespace Plumb.Cli.Compare.Json;

// What `plumb compare --json` prints; docs/formats/compare.schema.json describes it. These records are that format, and change with it only.

internal sealed record ComparisonDocument
{
    public required int Schema { get; init; }

    public required string Verdict { get; init; }

    public required string Reason { get; init; }

    /// <summary>request or second.</summary>
    public required string Per { get; init; }

    public required SideDocument Old { get; init; }

    public required SideDocument New { get; init; }

    public required IReadOnlyList<ComparedLeakDocument> NewLeaks { get; init; }

    public required IReadOnlyList<ComparedLeakDocument> GoneLeaks { get; init; }

    public required IReadOnlyList<ComparedLeakDocument> CommonLeaks { get; init; }

    public required IReadOnlyList<DifferenceDocument> Growth { get; init; }

    public required IReadOnlyList<DifferenceDocument> Costs { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }
}

internal sealed record SideDocument(
    string Target, int Snapshots, double DurationSeconds, double? Requests, double? RequestsPerSecond, string Verdict, string Reason);

internal sealed record ComparedLeakDocument(
    string Fingerprint, string Function, string? File, int? Line, string? Pattern, string Title, string Remedy, IReadOnlyList<string> Resources, double? PerSecond, double? PerRequest, double Confidence);

internal sealed record DifferenceDocument(
    string Name,
    string Resource,
    string Unit,
    bool IsProcess,
    string Verdict,
    double? Old,
    double? New,
    double? Change,
    double? Band,
    double P,
    IReadOnlyList<string> Stack);
