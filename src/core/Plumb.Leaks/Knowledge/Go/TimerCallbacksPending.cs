namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>time.AfterFunc</c> rows outside the context package.</summary>
public sealed class TimerCallbacksPending : LeakPattern
{
    public override string Id => "timer-callbacks-pending";

    public override string Title => "Timer callbacks wait and hold what they refer to";

    public override string Cause =>
        "Every time.AfterFunc keeps its function, and all that the function refers to, until it fires or is " +
        "stopped.";

    public override string Remedy => "Keep the timer and Stop() it when its work is no longer needed.";

    public override string? Reference => "https://pkg.go.dev/time#AfterFunc";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.HasGoroutines) return PatternMatch.No;
        return suspect.Heap.Any(s => s.Calls("time", "AfterFunc") && !s.Has("context"))
            ? PatternMatch.Yes("live timers with callbacks grow")
            : PatternMatch.No;
    }
}
