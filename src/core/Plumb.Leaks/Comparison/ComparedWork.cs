using Plumb.Leaks.Growth;
using Plumb.Leaks.Snapshots;

namespace Plumb.Leaks.Comparison;

/// <summary>One side's snapshots with the work that was done by each of them.</summary>
internal sealed class ComparedWork
{
    private ComparedWork(SnapshotSeries life, LoadTimeline timeline)
    {
        Life = life;
        Timeline = timeline;
        Requests = timeline.KnowsRequests && timeline.Requests[^1] > timeline.Requests[0] ? timeline.Requests[^1] - timeline.Requests[0] : null;
    }

    public SnapshotSeries Life { get; }

    public LoadTimeline Timeline { get; }

    /// <summary>Served between the first and the last snapshot; null when nobody counted them, or there were none.</summary>
    public double? Requests { get; }

    public static ComparedWork Of(SnapshotSeries series)
    {
        var life = series.Lives().MaxBy(l => l.Duration)!;
        return new ComparedWork(life, LoadTimeline.From(
            [.. life.Snapshots.Select(s => (s.At - life[0].At).TotalSeconds)],
            [.. life.Snapshots.Select(s => s.Metric(MetricNames.Requests))]));
    }

    /// <summary>Requests so far, or seconds.</summary>
    public ReadOnlySpan<double> Units(bool perRequest) => perRequest ? Timeline.Requests : Timeline.Seconds;

    public double WholeUnits(bool perRequest) => perRequest ? Requests!.Value : Timeline.DurationSeconds;

    public double[] Metric(string name) => [.. Life.Snapshots.Select(s => s.Metric(name))];
}
