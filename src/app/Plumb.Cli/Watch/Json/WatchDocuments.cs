namespace Plumb.Cli.Watch.Json;

// The lines of `plumb watch --json`; docs/formats/watch-json.md describes them.

internal sealed record SampleLine
{
    public required string Kind { get; init; }

    public required string At { get; init; }

    public required bool Answered { get; init; }

    public double? HeapInUseBytes { get; init; }

    public double? HeapIdleBytes { get; init; }

    public double? SystemBytes { get; init; }

    public double? NextCollectionBytes { get; init; }

    public double? ResidentBytes { get; init; }

    public double? Goroutines { get; init; }

    public double? Threads { get; init; }

    public double? Descriptors { get; init; }

    public required IReadOnlyDictionary<string, double> Connections { get; init; }

    public double? Cores { get; init; }

    public double? RequestsPerSecond { get; init; }

    public double? Collections { get; init; }

    public double? PauseSeconds { get; init; }

    public double? MemoryLimitBytes { get; init; }

    public double? DescriptorLimit { get; init; }

    public double? ProcessId { get; init; }
}

internal sealed record EventLine(string Kind, string At, string Text, string? Folder, WatchedLeakDocument? Leak);

internal sealed record WatchedLeakDocument(
    string Function, string? File, int? Line, string? Pattern, string Title, IReadOnlyList<string> Resources, string Unit, double? PerSecond, double? PerRequest, double Confidence);

internal sealed record EndLine(
    string Kind, string At, string Verdict, string Reason, double DurationSeconds, int Snapshots, IReadOnlyList<WatchedLeakDocument> Leaks, IReadOnlyList<string> Captures);

internal sealed record WhyDocument(int Schema, string Target, string At, string Reason, string Watching, string Verdict, IReadOnlyList<WatchedLeakDocument> Leaks);
