using Plumb.Leaks.Growth;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Diagnoses;

/// <summary>
/// Goroutines that stand at one place in numbers, for when there are too few snapshots to see them grow: one dump of a
/// service in trouble is often all that there is.
/// </summary>
internal static class StandingCrowds
{
    private const int Crowd = 100;
    private const int GreatCrowd = 1000;
    private const int CrowdWithoutWaits = 10_000;
    private const double WaitingShare = 0.8;

    // Started together, such as a pool of workers, they have waited equally long; leaked one by one, they have not.
    private const double LeakedSpread = 0.3;

    public static IEnumerable<Finding> Find(Judged judged, SnapshotSeries life, List<Finding> findings, FindingBuilder builder)
    {
        if (life.Count >= GrowthOptions.Default.MinPoints || findings.Exists(f => f.Verdict == LeakVerdict.Leak)) yield break;
        var crowds = judged.Sites.Where(s => s.IsGoroutine && Confidence(s) > 0).GroupBy(s => s.OwnFrame?.NamedFunction ?? s.Root.Function);
        foreach (var crowd in crowds)
        {
            var suspect = new Suspect();
            suspect.Sites.AddRange(crowd);
            var largest = crowd.MaxBy(s => s.Counts.LastOrDefault(double.IsFinite))!;
            suspect.Anchor = largest.OwnFrame ?? largest.CreatorFrame;
            suspect.AnchorStack = largest.OwnFrame is null ? largest.Creators : largest.Frames;
            var confidence = crowd.Max(Confidence);
            yield return builder.Build(suspect) with
            {
                Confidence = confidence,
                Verdict = confidence >= 0.7 ? LeakVerdict.Leak : LeakVerdict.Suspicious,
            };
        }
    }

    private static double Confidence(Site site)
    {
        var count = site.Counts.LastOrDefault(double.IsFinite);
        if (!IsBlocked(site.State)) return 0;
        if (site.Dump is not { } dump) return count >= CrowdWithoutWaits ? 0.6 : 0;
        if (dump.Count < Crowd || dump.Waiting < dump.Count * WaitingShare) return 0;
        var own = site.OwnFrame is not null || site.CreatorFrame is not null ? 0.05 : 0;
        var size = dump.Count >= GreatCrowd ? 0.65 : 0.5;
        return size + own + (dump.WaitSpread >= LeakedSpread ? 0.1 : 0);
    }

    private static bool IsBlocked(WaitState state) => Companions.WaitsForOthers(state) || state is WaitState.IoWait or WaitState.SelectForever;
}
