using Plumb.Leaks.Growth;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects;
using Plumb.Leaks.Suspects.Blame;

namespace Plumb.Leaks.Diagnoses;

/// <summary>
/// Goroutines that have stood at one place for minutes, for when nothing is seen to grow: one dump of a service in trouble is often
/// all that there is, and what got stuck before the first snapshot does not rise any more.
/// </summary>
internal static class StandingCrowds
{
    private const int FewStuck = 10;
    private const int Crowd = 100;
    private const int GreatCrowd = 1000;
    private const int CrowdWithoutWaits = 10_000;
    private const double WaitingShare = 0.8;
    private const double LeakFrom = 0.7;

    // Started together, such as a pool of workers, they have waited equally long; leaked one by one, they have not.
    private const double LeakedSpread = 0.3;

    public static IEnumerable<Finding> Find(Judged judged, SnapshotSeries life, List<Finding> findings, FindingBuilder builder)
    {
        if (findings.Exists(f => f.Verdict == LeakVerdict.Leak)) yield break;
        var isSeries = life.Count >= GrowthOptions.Default.MinPoints;
        var crowds = judged.Sites.Where(s => s.IsGoroutine && Confidence(s, isSeries) > 0).GroupBy(s => s.OwnFrame?.NamedFunction ?? s.CreatorFrame?.NamedFunction ?? s.Root.Function);
        foreach (var crowd in crowds)
        {
            var suspect = new Suspect();
            suspect.Sites.AddRange(crowd);
            var largest = crowd.MaxBy(s => s.Counts.LastOrDefault(double.IsFinite))!;
            suspect.Anchor = largest.OwnFrame ?? largest.CreatorFrame;
            suspect.AnchorStack = largest.OwnFrame is null ? largest.Creators : largest.Frames;
            suspect.Basis = largest.OwnFrame is not null ? Basis.OwnStack : largest.CreatorFrame is not null ? Basis.Creator : Basis.LibraryAlone;
            var confidence = crowd.Max(s => Confidence(s, isSeries));
            yield return builder.Build(suspect) with
            {
                Confidence = confidence,
                GrowthConfidence = confidence,
                Verdict = confidence >= LeakFrom ? LeakVerdict.Leak : LeakVerdict.Suspicious,
            };
        }
    }

    /// <summary>The largest number of goroutines that wait at one place, if it is large enough to be worth a word.</summary>
    public static Site? Largest(Judged judged) => judged.Sites
        .Where(s => s.IsGoroutine && CanBeLeaked(s) && s.Counts.LastOrDefault(double.IsFinite) >= (WaitStates.IsStuck(s.State) ? FewStuck : Crowd))
        .MaxBy(s => s.Counts.LastOrDefault(double.IsFinite));

    private static double Confidence(Site site, bool isSeries)
    {
        if (!CanBeLeaked(site)) return 0;
        if (site.Dump is not { } dump) return !isSeries && site.Counts.LastOrDefault(double.IsFinite) >= CrowdWithoutWaits ? 0.6 : 0;
        if (dump.Count < FewStuck || dump.Waiting < dump.Count * WaitingShare) return 0;
        var stuck = WaitStates.IsStuck(site.State);
        // A series that does not rise is evidence against a leak; only what can never have been healthy stands out of it.
        if (isSeries && !(stuck && dump.WaitSinceTheyStarted)) return 0;
        var spread = dump.WaitSinceTheyStarted || dump.WaitSpread >= LeakedSpread;
        var size = stuck ? OfStuck(dump.Count) : OfPossiblyIdle(dump, spread);
        if (size <= 0) return 0;
        var own = site.OwnFrame is not null || site.CreatorFrame is not null ? 0.05 : 0;
        return size + own + (spread ? 0.1 : 0);
    }

    private static double OfStuck(int count) => count switch
    {
        >= GreatCrowd => 0.65,
        >= Crowd => 0.5,
        _ => 0.4,
    };

    // Hundreds of workers may wait for work; they have not done so since they were started, one after the other.
    private static double OfPossiblyIdle(DumpFacts dump, bool spread) => dump.Count switch
    {
        >= GreatCrowd when spread => 0.55,
        >= Crowd when dump.WaitSinceTheyStarted => 0.45,
        _ => 0,
    };

    // Connections wait for the network as long as they are kept for reuse, and so do the goroutines that serve them.
    private static bool CanBeLeaked(Site site) =>
        (Companions.WaitsForOthers(site.State) || site.State == WaitState.SelectForever || (site.State == WaitState.IoWait && site.OwnFrame is not null))
        && !site.Frames.Any(f => f.Function is "net/http.(*persistConn).writeLoop" or "net/http.(*http2serverConn).serve");
}
