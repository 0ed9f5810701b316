using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary>A receive without a sender.</summary>
public sealed class GoroutineBlockedOnReceive : LeakPattern
{
    public override string Id => "goroutine-blocked-on-receive";

    public override string Title => "A goroutine waits for ever to receive from a channel";

    public override string Cause => "Nobody sends any more, and nobody closes the channel: range and <- wait for ever.";

    public override string Remedy =>
        "Close the channel when no more values come (the sender does it), or select on the receive and ctx.Done().";

    public override string? Reference => "https://go.dev/blog/pipelines";

    public override int Specificity => 1;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutines.Any(s => s.State is WaitState.ChanReceive && s.Leaf.IsApplication)
            ? PatternMatch.Yes("more and more goroutines wait in a channel receive in your code")
            : PatternMatch.No;
    }
}
