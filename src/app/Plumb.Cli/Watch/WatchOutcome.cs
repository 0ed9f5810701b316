using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Watch;

/// <summary>A watch that has ended.</summary>
/// <param name="View">What was seen.</param>
/// <param name="Took">How long.</param>
/// <param name="Captures">The folders with evidence.</param>
internal sealed record WatchOutcome(WatchView View, TimeSpan Took, IReadOnlyList<string> Captures)
{
    /// <summary>Of the whole watch: a leak that was found once is a leak, even if it was mended by a restart.</summary>
    public LeakVerdict Verdict => View.Growth.Leaks.Count > 0 ? LeakVerdict.Leak : View.Growth.Verdict;
}
