using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary>A send without a receiver.</summary>
public sealed class GoroutineBlockedOnSend : LeakPattern
{
    public override string Id => "goroutine-blocked-on-send";

    public override string Title => "A goroutine waits for ever to send on a channel";

    public override string Cause =>
        "The receiver has gone, after a timeout, an error or an early return, and an unbuffered channel has no " +
        "room for the answer.";

    public override string Remedy => "Give the channel a buffer of one for each sender, or select on the send and ctx.Done().";

    public override string? Reference => "https://go.dev/blog/pipelines";

    public override int Specificity => 1;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutines.Any(s => s.State is WaitState.ChanSend && s.Leaf.IsApplication)
            ? PatternMatch.Yes("more and more goroutines wait in a channel send in your code")
            : PatternMatch.No;
    }
}
