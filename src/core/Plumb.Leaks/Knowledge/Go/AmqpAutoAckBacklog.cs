using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>recvContent</c> keeps deliveries that nobody has taken.</summary>
public sealed class AmqpAutoAckBacklog : LeakPattern
{
    public override string Id => "amqp-autoack-backlog";

    public override string Title => "Messages pile up inside the AMQP client";

    public override string Cause =>
        "With autoAck the broker sends as fast as it can, and the client library queues what the consumer has not " +
        "taken yet, without a bound.";

    public override string Remedy =>
        "Consume with autoAck=false, acknowledge each message after its work, and bound what is in flight with " +
        "Channel.Qos(prefetch).";

    public override string? Reference => "https://www.rabbitmq.com/docs/confirms#channel-qos-prefetch";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var queued = suspect.Heap.FirstOrDefault(s => s.Has("amqp", "(*Channel).recvContent", "(*consumers).buffer", "(*reader).parseBodyFrame")
            || s.Has("amqp091-go", "(*Channel).recvContent", "(*consumers).buffer", "(*reader).parseBodyFrame"));
        if (queued is null) return PatternMatch.No;
        var consumer = Consumer(suspect);
        return PatternMatch.Yes("the bodies of received messages are kept by the client library") with
        {
            Anchor = consumer?.Frames.Last(IsOwn),
            AnchorStack = consumer?.Frames,
        };
    }

    private static bool IsOwn(Frame frame) => frame.IsApplication && frame.NamedFunction != "main.main";

    // The messages are received in the library's own goroutine, so no stack of theirs has a line of the application. Who
    // consumes them does: a goroutine of the application that runs the whole time, or a call of Consume on some heap row.
    private static StackFact? Consumer(SuspectFacts suspect) =>
        suspect.Process.FirstOrDefault(s => s.Frames.Any(IsOwn) && (s.Calls("amqp", "(*Channel).Consume*") || s.Calls("amqp091-go", "(*Channel).Consume*")))
        ?? suspect.Process
            .Where(s => s.IsGoroutine && s.Frames.Any(IsOwn) && !s.Has("net/http", "(*conn).serve"))
            .OrderByDescending(s => s.State == WaitState.ChanReceive && s.Leaf.IsApplication)
            .ThenByDescending(s => s.Creators.Count)
            .FirstOrDefault();
}
