using System.Collections.Immutable;

namespace Plumb.Web.Leaks;

/// <summary>What the page is told of a diagnosis.</summary>
internal sealed record LeaksAnswer
{
    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>waiting, watching, judging, done or failed.</summary>
    public required string Phase { get; init; }

    /// <summary>Whether the page may end the watching early.</summary>
    public required bool CanStop { get; init; }

    public required int Snapshots { get; init; }

    public required int SnapshotsPlanned { get; init; }

    public required double ElapsedSeconds { get; init; }

    public required double PlannedSeconds { get; init; }

    public string? Load { get; init; }

    public string? Error { get; init; }

    public string? Remedy { get; init; }

    public required ImmutableArray<string> Notes { get; init; }

    public required ImmutableArray<CurveView> Curves { get; init; }

    public required ImmutableArray<LeakMoment> Moments { get; init; }

    public LeakReport? Report { get; init; }
}
