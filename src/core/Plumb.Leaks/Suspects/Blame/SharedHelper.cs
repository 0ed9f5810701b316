using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>
/// A helper that several functions of the application call, of which only one gains: the helper does the same for all, so what differs is
/// its caller.
/// </summary>
internal sealed class SharedHelper
{
    private const double NearlyAll = 0.9;
    private const double NoticeableUse = 0.2;

    private readonly Dictionary<string, Dictionary<string, Use>> _uses = [];

    /// <param name="rows">Stacks of live heap, leaf first, with what each gained and what was ever allocated on it.</param>
    public SharedHelper(IEnumerable<(Frame[] Frames, double Gained, double Allocated)> rows)
    {
        foreach (var (frames, gained, allocated) in rows)
        {
            var at = Array.FindIndex(frames, f => f.IsApplication);
            if (at < 0 || Caller(frames, at) is not { } caller) continue;
            if (!_uses.TryGetValue(frames[at].NamedFunction, out var callers)) _uses[frames[at].NamedFunction] = callers = [];
            var use = callers.GetValueOrDefault(caller.NamedFunction);
            callers[caller.NamedFunction] = new Use(use.Gained + Math.Max(0, gained), use.Allocated + allocated);
        }
    }

    /// <summary>The caller to blame on this stack; null when the helper itself is as good a guess.</summary>
    public Frame? Blame(Frame[] frames, Frame helper)
    {
        var at = Array.IndexOf(frames, helper);
        if (Caller(frames, at) is not { } caller || !_uses.TryGetValue(helper.NamedFunction, out var callers) || callers.Count < 2) return null;
        var mine = callers.GetValueOrDefault(caller.NamedFunction);
        double gained = 0, othersAllocated = 0;
        foreach (var (name, use) in callers)
        {
            gained += use.Gained;
            if (name != caller.NamedFunction) othersAllocated += use.Allocated;
        }

        return mine.Gained >= NearlyAll * gained && othersAllocated >= NoticeableUse * mine.Allocated ? caller : null;
    }

    // The next function of the application towards the root; a closure of the helper is the helper.
    private static Frame? Caller(Frame[] frames, int at)
    {
        for (var i = at + 1; i < frames.Length; i++)
        {
            if (frames[i].IsApplication && frames[i].NamedFunction != frames[at].NamedFunction) return frames[i].IsEntryPoint ? null : frames[i];
        }

        return null;
    }

    private readonly record struct Use(double Gained, double Allocated);
}
