using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Suspects;

/// <summary>
/// Whether the live heap as a whole rises with one of its places. .NET compiles a method that is called often a second and a third time, puts others
/// into it, and what it allocates is found at another stack from then on: a full cache seems to leave the one and to fill the other.
/// </summary>
internal static class WholeHeap
{
    private const double LeastShare = 0.5;

    /// <summary>In the later half, where a cache that filled in the earlier one rests; half the points tell less.</summary>
    private const double LeastShareLately = 0.35;
    private const int FewestPoints = 3;
    private const int FewestLatePoints = 5;

    /// <param name="growth">Of the place.</param>
    /// <param name="timeline">Of the series.</param>
    /// <param name="whole">All live bytes at each point of it.</param>
    /// <param name="isOwn">Whether a method of the application is on the place's stacks.</param>
    /// <returns>The same, or that the place does not grow.</returns>
    public static GrowthResult Confirm(GrowthResult growth, LoadTimeline timeline, double[] whole, bool isOwn)
    {
        if (growth.Verdict == GrowthVerdict.Flat) return growth;
        if (growth.Verdict == GrowthVerdict.Suspicious && !isOwn)
            return GrowthResult.Flat("the framework's own memory rises, but not steadily enough to exclude that it follows the load", growth.Points);
        int[] points = [.. Enumerable.Range(0, whole.Length).Where(i => timeline.Seconds[i] >= growth.StartSeconds && double.IsFinite(whole[i]))];
        if (points.Length < FewestPoints) return growth;
        int[] late = points[(points.Length / 2)..];
        return Rises(points, LeastShare) && (late.Length < FewestLatePoints || Rises(late, LeastShareLately))
            ? growth
            : GrowthResult.Flat("the live heap as a whole does not rise with it: the same objects are allocated by other code now", growth.Points);

        bool Rises(int[] part, double share) =>
            TheilSen.Fit([.. part.Select(i => timeline.Seconds[i])], LoadTimeline.Pick(whole, part)).Slope >= share * growth.PerSecond.Slope;
    }
}
