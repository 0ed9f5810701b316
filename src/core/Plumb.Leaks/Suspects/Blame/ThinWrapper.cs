using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>
/// <c>acquire</c>, <c>lock</c>, <c>wait</c> and their like do nothing but wait, as their callers want them to. When all who are stuck in one
/// came through the same function, that one forgot to give back what it took.
/// </summary>
internal sealed class ThinWrapper
{
    private static readonly string[] Verbs = ["acquire", "lock", "rlock", "enter", "wait", "take", "borrow", "checkout", "reserve"];

    private readonly Dictionary<string, HashSet<string>> _callers = [];

    /// <param name="goroutines">The stacks of all goroutines, leaf first.</param>
    public ThinWrapper(IEnumerable<Frame[]> goroutines)
    {
        foreach (var frames in goroutines)
        {
            var at = Array.FindIndex(frames, f => f.IsApplication);
            if (at < 0 || !IsWrapper(frames[at])) continue;
            if (!_callers.TryGetValue(frames[at].NamedFunction, out var callers)) _callers[frames[at].NamedFunction] = callers = [];
            callers.Add(Caller(frames, at)?.NamedFunction ?? "");
        }
    }

    /// <summary>The only caller; null when there are several, or the blocked function is more than a wrapper.</summary>
    public Frame? OnlyCaller(Site goroutine)
    {
        if (goroutine.OwnFrame is not { } blocked || !_callers.TryGetValue(blocked.NamedFunction, out var callers) || callers.Count != 1) return null;
        return Caller(goroutine.Frames, Array.IndexOf(goroutine.Frames, blocked));
    }

    private static Frame? Caller(Frame[] frames, int at) =>
        at + 1 < frames.Length && frames[at + 1] is { IsApplication: true, IsEntryPoint: false } caller ? caller : null;

    private static bool IsWrapper(Frame frame)
    {
        var name = frame.Function[(frame.Function.LastIndexOf('.') + 1)..];
        return Array.Exists(Verbs, verb => name.Equals(verb, StringComparison.OrdinalIgnoreCase));
    }
}
