namespace Plumb.Leaks.Snapshots;

/// <summary>Snapshots of one target in the order of time.</summary>
public sealed class SnapshotSeries
{
    private readonly Snapshot[] _snapshots;

    /// <summary>Sorts by time. Two snapshots of the same moment cannot both be points of a series: the later one in the list wins.</summary>
    public SnapshotSeries(IEnumerable<Snapshot> snapshots)
    {
        var byTime = new SortedDictionary<DateTimeOffset, Snapshot>();
        foreach (var snapshot in snapshots) byTime[snapshot.At] = snapshot;
        _snapshots = [.. byTime.Values];
    }

    public IReadOnlyList<Snapshot> Snapshots => _snapshots;

    public int Count => _snapshots.Length;

    public Snapshot this[int index] => _snapshots[index];

    public TimeSpan Duration => Count == 0 ? TimeSpan.Zero : _snapshots[^1].At - _snapshots[0].At;

    /// <summary>
    /// The series cut where the process was restarted; one part when it never was. A restart gives everything back, so growth
    /// can only be seen within one life.
    /// </summary>
    public IReadOnlyList<SnapshotSeries> Lives()
    {
        var lives = new List<SnapshotSeries>();
        var start = 0;
        for (var i = 1; i <= Count; i++)
        {
            if (i < Count && !Restart.Between(_snapshots[i - 1], _snapshots[i])) continue;
            lives.Add(new SnapshotSeries(_snapshots.AsSpan(start, i - start).ToArray()));
            start = i;
        }

        return lives;
    }
}
