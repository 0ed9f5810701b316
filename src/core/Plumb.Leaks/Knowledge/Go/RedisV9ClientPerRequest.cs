namespace Plumb.Leaks.Knowledge.Go;

/// <summary>go-redis v9: <c>NewClient</c> in a request handler. There is no reaper any more, so goroutines stay level.</summary>
public sealed class RedisV9ClientPerRequest : LeakPattern
{
    public override string Id => "redis-v9-client-per-request";

    public override string Title => "A Redis client is made for each request";

    public override string Cause =>
        "Every redis.NewClient owns a connection pool, and every connection its buffers and socket. A client that is not " +
        "closed keeps all of it; since v9 no goroutine shows it.";

    public override string Remedy =>
        "Make one client when the program starts and share it: it is safe for concurrent use. Close() a client " +
        "that must be short-lived.";

    public override string? Reference => "https://redis.io/docs/latest/develop/clients/go/";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var ofV9 = suspect.Heap.Where(IsOfV9).ToList();
        if (ofV9.Exists(RedisClientPerRequest.IsConstructed))
            return PatternMatch.Yes("live heap allocated by redis's constructor grows: one pool for each client");
        return ofV9.Exists(s => s.Has("redis/internal/proto", "NewReader*") && s.Own is not null) && suspect.SocketsGrow
            ? PatternMatch.Unsure("redis connections and their buffers grow")
            : PatternMatch.No;
    }

    internal static bool IsOfV9(StackFact stack) => stack.Frames.Any(f => f.Package.Contains("go-redis/v9", StringComparison.Ordinal));
}
