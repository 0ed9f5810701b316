using Plumb.Collectors.Loading;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;

namespace Plumb.Cli.Leaks;

/// <summary>A finished run.</summary>
/// <param name="Target">What was judged, as the user knows it, without credentials.</param>
/// <param name="Diagnosis">The answer.</param>
/// <param name="Load">What Plumb's own load did; null when there was none.</param>
internal sealed record LeaksOutcome(string Target, Diagnosis Diagnosis, LoadReport? Load)
{
    /// <summary>When the first snapshot was begun; null without one.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What was judged; null for a diagnosis that is only shown.</summary>
    public SnapshotSeries? Series { get; init; }

    /// <summary>How the series was taken, so that it can be taken again; null for a saved one.</summary>
    public RunSettings? Settings { get; init; }

    /// <summary>What all stacks gained.</summary>
    public StackGrowth Growth { get; init; } = StackGrowth.None;
}
