using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>for range ticker.C</c> in a goroutine per call.</summary>
public sealed class GoroutineLoopsOverTicker : LeakPattern
{
    public override string Id => "goroutine-loops-over-ticker";

    public override string Title => "A goroutine loops over a ticker for ever";

    public override string Cause =>
        "for range ticker.C never ends: Stop does not close the channel. The goroutine, its ticker and all it " +
        "refers to stay.";

    public override string Remedy => "Give the loop a way out: select on the ticker and on a done channel or ctx.Done().";

    public override string? Reference => "https://pkg.go.dev/time#Ticker.Stop";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var loops = suspect.Goroutines.Any(s => s.State is WaitState.ChanReceive or WaitState.Select && s.Leaf.IsApplication);
        if (!loops) return PatternMatch.No;
        var tickers = suspect.Heap.Any(s => s.Called.Any(f => f.Is("time", "NewTicker", "Tick")));
        return tickers ? PatternMatch.Yes("goroutines that receive in your code and live tickers rise together") : PatternMatch.No;
    }
}
