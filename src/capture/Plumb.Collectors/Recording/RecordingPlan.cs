namespace Plumb.Collectors.Recording;

/// <summary>How many snapshots are taken, and how far apart.</summary>
public sealed record RecordingPlan
{
    public const int MaxSnapshots = 100_000;

    public static readonly TimeSpan MinEvery = TimeSpan.FromMilliseconds(100);

    /// <param name="every">From the start of one snapshot to the start of the next.</param>
    /// <param name="snapshots">At least 2: one alone shows no growth.</param>
    public RecordingPlan(TimeSpan every, int snapshots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, MinEvery);
        ArgumentOutOfRangeException.ThrowIfLessThan(snapshots, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(snapshots, MaxSnapshots);
        Every = every;
        Snapshots = snapshots;
    }

    public TimeSpan Every { get; }

    public int Snapshots { get; }

    /// <summary>From the first snapshot to the last.</summary>
    public TimeSpan Duration => Every * (Snapshots - 1);

    /// <summary>When a snapshot is due, from the first one.</summary>
    public TimeSpan Due(int index) => Every * index;

    /// <summary>
    /// Whether a snapshot takes <c>goroutine?debug=2</c>, which stops the world while every stack is printed: the first, the middle
    /// and the last do. A text that could not be had is asked for again by the next snapshot.
    /// </summary>
    public bool WantsGoroutineText(int index, int textsSoFar) =>
        textsSoFar < TextsDueBy(index);

    private int TextsDueBy(int index) => 1 + (index >= Snapshots / 2 ? 1 : 0) + (index == Snapshots - 1 ? 1 : 0);
}
