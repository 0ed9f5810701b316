using Plumb.Leaks.Diagnoses;

namespace Plumb.Leaks.Watching;

/// <summary>What is known about a service that is watched.</summary>
public sealed record WatchedGrowth
{
    public static WatchedGrowth Unknown { get; } = new() { Verdict = LeakVerdict.Inconclusive, Reason = "too few snapshots so far" };

    /// <summary>Of the latest judgement.</summary>
    public required LeakVerdict Verdict { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>All leaks so far, the one that was found first in front; also those that stopped.</summary>
    public IReadOnlyList<WatchedLeak> Leaks { get; init; } = [];

    /// <summary>What rises and is not proven to leak.</summary>
    public IReadOnlyList<Finding> Suspicions { get; init; } = [];

    /// <summary>The limit that is reached first if growth goes on; null when none is known.</summary>
    public Forecast? Forecast { get; init; }

    /// <summary>The snapshot that was judged last.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Leaks of the latest judgement.</summary>
    public IEnumerable<WatchedLeak> Current => Leaks.Where(leak => leak.LastSeen == At);
}
