using Plumb.Profiles;

namespace Plumb.Leaks.Snapshots;

/// <summary>Tells whether two snapshots are of two lives of a process.</summary>
internal static class Restart
{
    private const double StartTimeToleranceSeconds = 2;

    // A process that dies and comes back holds next to nothing; one that lets go of a burst keeps its buffers.
    private const double Collapse = 0.35;

    public static bool Between(Snapshot before, Snapshot after) =>
        Differs(before, after, MetricNames.ProcessId, 0)
        || Differs(before, after, MetricNames.StartTimeSeconds, StartTimeToleranceSeconds)
        || Falls(before, after, MetricNames.CpuSeconds)
        || (Falls(before, after, MetricNames.Requests) && !Runs(before, after))
        || Collapses(before, after);

    private static bool Differs(Snapshot before, Snapshot after, string name, double tolerance) =>
        Math.Abs(before.Metric(name) - after.Metric(name)) > tolerance;

    // Counters of a process never fall within its life; NaN compares as false.
    private static bool Falls(Snapshot before, Snapshot after, string name) => after.Metric(name) < before.Metric(name) * 0.95 - 0.1;

    private static bool Runs(Snapshot before, Snapshot after) => after.Metric(MetricNames.CpuSeconds) >= before.Metric(MetricNames.CpuSeconds);

    private static bool Collapses(Snapshot before, Snapshot after)
    {
        if (Runs(before, after)) return false;
        int seen = 0, collapsed = 0;
        foreach (var (was, now) in Levels(before, after))
        {
            if (!double.IsFinite(was) || !double.IsFinite(now) || was <= 0) continue;
            seen++;
            if (now < was * Collapse) collapsed++;
        }

        return seen >= 2 && collapsed == seen;
    }

    private static IEnumerable<(double Was, double Now)> Levels(Snapshot before, Snapshot after)
    {
        yield return (before.Metric(MetricNames.RssBytes), after.Metric(MetricNames.RssBytes));
        yield return (Total(before.Goroutine, "goroutine"), Total(after.Goroutine, "goroutine"));
        yield return (Total(before.Heap, "alloc_space"), Total(after.Heap, "alloc_space"));
    }

    private static double Total(Profile? profile, string type)
    {
        var column = profile?.SampleTypeIndex(type) ?? -1;
        if (profile is null || column < 0) return double.NaN;
        var sum = 0.0;
        for (var i = 0; i < profile.Samples.Count; i++) sum += profile.Samples.Values(i)[column];
        return sum;
    }
}
