namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>ConnectionMultiplexer</c> objects rise.</summary>
public sealed class RedisMultiplexerPerRequest : LeakPattern
{
    public override string Id => "dotnet-redis-multiplexer-per-request";

    public override string Title => "A Redis connection multiplexer is made for each request";

    public override string Cause =>
        "A ConnectionMultiplexer opens its own sockets and keeps a pending read on each; without Dispose both stay.";

    public override string Remedy => "Keep one ConnectionMultiplexer for the process, as a singleton, and let everything share it.";

    public override string? Reference => "https://stackexchange.github.io/StackExchange.Redis/Basics";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.TypeGrows("StackExchange.Redis.ConnectionMultiplexer", "StackExchange.Redis.PhysicalBridge", "StackExchange.Redis.PhysicalConnection"))
            return PatternMatch.Yes("connection multiplexers or their connections rise");
        return suspect.BlamedCalls("StackExchange.Redis.ConnectionMultiplexer.Connect") && suspect.SocketsGrow
            ? PatternMatch.Yes("connections rise, and this function makes connection multiplexers")
            : PatternMatch.No;
    }
}
