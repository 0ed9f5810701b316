namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>time.After</c> timers that have not fired yet.</summary>
public sealed class TimeAfterInLoop : LeakPattern
{
    public override string Id => "time-after-in-loop";

    public override string Title => "time.After is called in a hot path";

    public override string Cause =>
        "Before Go 1.23 the timer behind time.After lives until it fires, however soon its result is no longer " +
        "wanted.";

    public override string Remedy =>
        "Use one time.NewTimer, Reset and Stop; or a context with a deadline. Modules that declare go 1.23 or " +
        "newer collect unreferenced timers.";

    public override string? Reference => "https://pkg.go.dev/time#After";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Allocated("time", "After") is not null
            ? PatternMatch.Yes("live timers made by time.After grow")
            : PatternMatch.No;
    }
}
