namespace Plumb.Leaks.Knowledge.Go;

/// <summary>go-redis up to v8: <c>NewClient</c> in a request handler, seen by the goroutine of each pool.</summary>
public sealed class RedisClientPerRequest : LeakPattern
{
    public override string Id => "redis-client-per-request";

    public override string Title => "A Redis client is made for each request";

    public override string Cause =>
        "Every redis.NewClient owns a connection pool and a goroutine that reaps idle connections. A " +
        "client that is not closed keeps all of it.";

    public override string Remedy =>
        "Make one client when the program starts and share it: it is safe for concurrent use. Close() a client " +
        "that must be short-lived.";

    public override string? Reference => "https://redis.io/docs/latest/develop/clients/go/";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.Goroutine("redis/internal/pool", "(*ConnPool).reaper*") is not null)
            return PatternMatch.Yes("more and more goroutines of redis's connection pool (reaper): one for each client");
        if (suspect.Heap.Any(RedisV9ClientPerRequest.IsOfV9)) return PatternMatch.No;
        if (suspect.Heap.Any(IsConstructed)) return PatternMatch.Yes("live heap allocated by redis's constructor grows: one pool for each client");
        var connections = suspect.Heap.Any(s => s.Has("redis/internal/pool", "*") && s.Own is not null);
        return connections && suspect.SocketsGrow
            ? PatternMatch.Unsure("redis connections and their buffers grow")
            : PatternMatch.No;
    }

    internal static bool IsConstructed(StackFact stack) =>
        stack.Has("redis/internal/pool", "NewConnPool") || stack.Calls("redis", "NewClient*", "NewUniversalClient", "NewClusterClient", "NewFailoverClient");
}
