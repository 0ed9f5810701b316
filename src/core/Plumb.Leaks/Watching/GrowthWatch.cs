using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;

namespace Plumb.Leaks.Watching;

/// <summary>
/// Judges a service again and again while snapshots come in, in bounded memory. Two series are kept: the latest snapshots, in which a leak
/// shows that has just begun, and a thinned one of the whole time, in which a slow leak shows.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class GrowthWatch
{
    /// <summary>Most snapshots in each of the two series: what the judge needs for full confidence, twice.</summary>
    public const int MostPoints = 24;

    /// <summary>Fewer than that are not worth judging.</summary>
    public const int FewestPoints = 8;

    private readonly Func<SnapshotSeries, LeakFinderOptions, Diagnosis> _judge;
    private readonly LeakFinderOptions _options;
    private readonly Queue<Snapshot> _recent = [];
    private readonly ThinningHistory<Snapshot> _whole = new(MostPoints, (_, newer) => newer);
    private readonly List<WatchedLeak> _leaks = [];
    private int _capacity = MostPoints;

    public GrowthWatch(Func<SnapshotSeries, LeakFinderOptions, Diagnosis> judge, LeakFinderOptions options)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(options);
        _judge = judge;
        _options = options;
    }

    /// <summary>Snapshots that are kept, in the order of time; each once.</summary>
    public IReadOnlyList<Snapshot> Kept => [.. _whole.Points.Concat(_recent).DistinctBy(snapshot => snapshot.Seq).OrderBy(snapshot => snapshot.Seq)];

    public void Add(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _recent.Enqueue(snapshot);
        _whole.Add(snapshot);
        Drop();
    }

    /// <summary>Keeps fewer, where each is large; never fewer than can be judged.</summary>
    public void Shrink(int points)
    {
        _capacity = Math.Clamp(points, FewestPoints, _capacity);
        _whole.Shrink(_capacity);
        Drop();
    }

    /// <summary>Judges what is kept.</summary>
    public WatchedGrowth Judge()
    {
        if (_recent.Count == 0) return WatchedGrowth.Unknown;
        var at = _recent.Last().At;
        var recent = _judge(new SnapshotSeries(_recent), _options);
        // As long as nothing was dropped, both series are the same.
        var whole = _whole.Grain == 1 ? recent : _judge(new SnapshotSeries(_whole.Points), _options);
        var findings = Merge(recent.Findings, whole.Findings);
        foreach (var finding in findings.Where(finding => finding.Verdict == LeakVerdict.Leak)) Remember(finding, at);
        var leader = whole.Verdict > recent.Verdict ? whole : recent;
        return new WatchedGrowth
        {
            Verdict = leader.Verdict,
            Reason = leader.Reason,
            Leaks = [.. _leaks],
            Suspicions = [.. findings.Where(finding => finding.Verdict == LeakVerdict.Suspicious)],
            Forecast = Sooner(recent.Forecast, whole.Forecast),
            At = at,
        };
    }

    private void Drop()
    {
        while (_recent.Count > _capacity) _recent.Dequeue();
    }

    private void Remember(Finding finding, DateTimeOffset at)
    {
        var known = _leaks.FindIndex(leak => IsSame(leak.Finding, finding));
        if (known < 0) _leaks.Add(new WatchedLeak(finding, at, at));
        else _leaks[known] = _leaks[known] with { Finding = finding, LastSeen = at };
    }

    private static List<Finding> Merge(IReadOnlyList<Finding> recent, IReadOnlyList<Finding> whole)
    {
        List<Finding> merged = [];
        foreach (var finding in recent.Concat(whole).OrderByDescending(finding => finding.Verdict))
        {
            if (!merged.Exists(known => IsSame(known, finding))) merged.Add(finding);
        }

        return merged;
    }

    // The pattern may be recognised in one series and not yet in the other.
    private static bool IsSame(Finding a, Finding b) =>
        a.Function == b.Function && a.Resources.Intersect(b.Resources, StringComparer.Ordinal).Any();

    private static Forecast? Sooner(Forecast? a, Forecast? b) => (a, b) switch
    {
        (null, _) => b,
        (_, null) => a,
        _ => a.TimeToLimit <= b.TimeToLimit ? a : b,
    };
}
