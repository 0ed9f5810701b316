namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>amqp.Dial</c> per publish.</summary>
public sealed class AmqpConnectionPerPublish : LeakPattern
{
    public override string Id => "amqp-connection-per-publish";

    public override string Title => "An AMQP connection is opened for each message";

    public override string Cause =>
        "Every amqp.Dial starts a reader and a heartbeat goroutine and opens a socket; all stay until Close.";

    public override string Remedy =>
        "Open one connection for the program and one channel for each goroutine that publishes; Close() what is " +
        "temporary.";

    public override string? Reference => "https://www.rabbitmq.com/docs/connections";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("amqp", "(*Connection).reader", "(*Connection).heartbeater") is not null
            || suspect.Goroutine("amqp091-go", "(*Connection).reader", "(*Connection).heartbeater") is not null
            ? PatternMatch.Yes("more and more connection goroutines (reader, heartbeater)")
            : PatternMatch.No;
    }
}
