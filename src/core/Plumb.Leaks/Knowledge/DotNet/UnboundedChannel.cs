namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>UnboundedChannel</c> objects rise.</summary>
public sealed class UnboundedChannel : LeakPattern
{
    public override string Id => "dotnet-unbounded-channel";

    public override string Title => "A channel without bound fills";

    public override string Cause => "The producer is faster than the consumer, and an unbounded channel or queue keeps what waits.";

    public override string Remedy => "Channel.CreateBounded with a full mode; watch its Count.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/core/extensions/channels";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Threading.Channels.UnboundedChannel*", "System.Threading.Channels.SingleConsumerUnboundedChannel*", "System.Collections.Concurrent.ConcurrentQueueSegment")
            || suspect.BlamedCalls("System.Threading.Channels.UnboundedChannel", "System.Threading.Channels.SingleConsumerUnboundedChannel", "System.Collections.Concurrent.ConcurrentQueue")
            ? PatternMatch.Yes("items of a queue without bound rise")
            : PatternMatch.No;
    }
}
