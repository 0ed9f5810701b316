namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>AutorecoveringConnection</c> objects rise.</summary>
public sealed class RabbitConnectionPerPublish : LeakPattern
{
    public override string Id => "dotnet-rabbitmq-connection-per-publish";

    public override string Title => "A RabbitMQ connection or channel is opened for each message";

    public override string Cause =>
        "A connection has a socket, a reader and timers; automatic recovery keeps what was never closed.";

    public override string Remedy => "One connection for the process, one channel for each publisher; dispose what is temporary.";

    public override string? Reference => "https://www.rabbitmq.com/client-libraries/dotnet-api-guide";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.TypeGrows("RabbitMQ.Client.Impl.AutorecoveringConnection", "RabbitMQ.Client.Impl.AutorecoveringChannel", "RabbitMQ.Client.Framing.Impl.AutorecoveringConnection", "RabbitMQ.Client.Framing.AutorecoveringConnection", "RabbitMQ.Client.Impl.SocketFrameHandler"))
            return PatternMatch.Yes("RabbitMQ connections or channels rise");
        return suspect.BlamedCalls("RabbitMQ.Client.ConnectionFactory.CreateConnection") && suspect.SocketsGrow
            ? PatternMatch.Yes("connections rise, and this function connects to RabbitMQ")
            : PatternMatch.No;
    }
}
