namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>time.NewTicker</c> without <c>Stop</c>.</summary>
public sealed class TickerNotStopped : LeakPattern
{
    public override string Id => "ticker-not-stopped";

    public override string Title => "A ticker is not stopped";

    public override string Cause => "Before Go 1.23 the runtime keeps every ticker that was not stopped, and wakes it for ever.";

    public override string Remedy =>
        "defer ticker.Stop() next to time.NewTicker; never use time.Tick in a function that returns.";

    public override string? Reference => "https://pkg.go.dev/time#NewTicker";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.HasGoroutines) return PatternMatch.No;
        return suspect.Heap.Any(s => s.Called.Any(f => f.Is("time", "NewTicker", "Tick")))
            ? PatternMatch.Yes("live tickers grow")
            : PatternMatch.No;
    }
}
