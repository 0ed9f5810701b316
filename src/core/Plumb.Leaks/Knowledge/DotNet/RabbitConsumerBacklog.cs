using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>What a consumer's handler makes of its deliveries stays.</summary>
public sealed class RabbitConsumerBacklog : LeakPattern
{
    private const double LeastShare = 0.5;

    // What calls the handler; the synchronous ones are of clients before 7.
    private static readonly NamePrefixes Dispatchers = new(
        "RabbitMQ.Client.Events.AsyncEventingBasicConsumer.HandleBasicDeliver", "RabbitMQ.Client.Events.EventingBasicConsumer.HandleBasicDeliver", "RabbitMQ.Client.ConsumerDispatching.");

    public override string Id => "dotnet-rabbitmq-consumer-backlog";

    public override string Title => "A RabbitMQ consumer takes messages faster than it handles them";

    public override string Cause =>
        "The handler hands messages over, to a queue or a task without a bound, and returns; with autoAck, or without a prefetch limit, the broker sends " +
        "the next at once, and what it would keep on disk waits in this process.";

    public override string Remedy =>
        "Consume with autoAck: false, acknowledge each message after its work, and bound what is under way with BasicQosAsync(0, prefetchCount, false).";

    public override string? Reference => "https://www.rabbitmq.com/docs/consumer-prefetch";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.ShareOfHeap(IsOfHandler) < LeastShare) return PatternMatch.No;
        return suspect.TypeGrows("System.Collections.Generic.Dictionary*", "System.Collections.Generic.List", "System.Collections.Generic.HashSet", "System.Collections.Concurrent.ConcurrentDictionary*")
            ? PatternMatch.Unsure("what the handler of a consumer allocates stays, and so does a collection")
            : PatternMatch.Yes("what the handler of a consumer allocates for each delivery stays");
    }

    // The application is called by the dispatcher, and does not call it.
    private static bool IsOfHandler(StackFact stack) =>
        stack.Frames.SkipWhile(f => !f.IsApplication).Any(f => Dispatchers.Begin(f.Function));
}
