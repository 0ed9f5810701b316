using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Scoring;

/// <summary>When a leak was called for good.</summary>
internal static class TimeToVerdict
{
    /// <summary>
    /// Seconds from the first snapshot to the last of the shortest beginning that was called a leak, as were all longer ones that were tried. Series
    /// that were never called are left out.
    /// </summary>
    public static IReadOnlyList<double> Seconds(IEnumerable<Outcome> outcomes)
    {
        var seconds = new List<double>();
        foreach (IGrouping<SavedSeries, Outcome> series in outcomes.Where(outcome => outcome.Leaks).GroupBy(outcome => outcome.Trial.Series))
        {
            double? called = null;
            foreach (Outcome outcome in series.OrderByDescending(outcome => outcome.Trial.Snapshots).TakeWhile(outcome => outcome.IsFlagged))
                called = outcome.Answer.DurationSeconds;
            if (called is { } at)
                seconds.Add(at);
        }

        return seconds;
    }
}
