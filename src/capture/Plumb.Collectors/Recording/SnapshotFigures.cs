using Plumb.Leaks.Snapshots;
using Plumb.Profiles;

namespace Plumb.Collectors.Recording;

/// <summary>The totals of one snapshot, for watching while a series is taken. A figure that the snapshot lacks is NaN.</summary>
public readonly record struct SnapshotFigures(
    DateTimeOffset At,
    double Goroutines,
    double HeapBytes,
    double RssBytes,
    double Descriptors,
    double Connections,
    double Threads)
{
    public static SnapshotFigures Of(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new SnapshotFigures(
            snapshot.At,
            Total(snapshot.Goroutine, "goroutine", "goroutines"),
            Total(snapshot.Heap, "inuse_space"),
            snapshot.Metric(MetricNames.RssBytes),
            snapshot.Metric(MetricNames.Descriptors),
            ConnectionsOf(snapshot.Metrics),
            snapshot.Metric(MetricNames.Threads));
    }

    private static double Total(Profile? profile, params ReadOnlySpan<string> types)
    {
        int column = -1;
        foreach (string type in types)
        {
            column = column >= 0 ? column : profile?.SampleTypeIndex(type) ?? -1;
        }

        if (profile is null || column < 0)
        {
            return double.NaN;
        }

        double sum = 0;
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            sum += profile.Samples.Values(i)[column];
        }

        return sum;
    }

    // A listening socket is no connection.
    private static double ConnectionsOf(IReadOnlyDictionary<string, double> metrics)
    {
        double sum = double.NaN;
        foreach ((string name, double value) in metrics)
        {
            if (name.StartsWith(MetricNames.TcpPrefix, StringComparison.Ordinal) && !name.EndsWith(".LISTEN", StringComparison.Ordinal))
            {
                sum = double.IsNaN(sum) ? value : sum + value;
            }
        }

        return sum;
    }
}
