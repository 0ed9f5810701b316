namespace Plumb.Leaks.Knowledge.Go;

/// <summary>go-redis v5 to v9: <c>NewClient</c> in a request handler.</summary>
public sealed class RedisClientPerRequest : LeakPattern
{
    public override string Id => "redis-client-per-request";

    public override string Title => "A Redis client is made for each request";

    public override string Cause =>
        "Every redis.NewClient owns a connection pool and, up to v8, a goroutine that reaps idle connections. A " +
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
        // From v9 on there is no reaper; what is left is the pool itself and each connection's buffers.
        var pools = suspect.Heap.Any(s => s.Has("redis/internal/pool", "NewConnPool") || s.Calls("redis", "NewClient*", "NewUniversalClient", "NewClusterClient", "NewFailoverClient"));
        if (pools) return PatternMatch.Yes("live heap allocated by redis's constructor grows: one pool for each client");
        var connections = suspect.Heap.Any(s => s.Has("redis/internal/pool", "*") && s.Own is not null);
        return connections && suspect.SocketsGrow
            ? PatternMatch.Unsure("redis connections and their buffers grow")
            : PatternMatch.No;
    }
}
