using StackExchange.Redis;

namespace Shop.Defects;

/// <summary>Connects to Redis for every request.</summary>
internal sealed class RedisPerRequest : IDefect
{
    private static readonly List<ConnectionMultiplexer> s_connections = [];

    public string Name => "redis";

    public string Pattern => "dotnet-redis-multiplexer-per-request";

    public string Function => "Shop.Defects.RedisPerRequest.ConnectAsync";

    public string Needs => "redis";

    public int Rate => 10;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", async () =>
    {
        ConnectionMultiplexer redis = leaks || s_connections.Count == 0 ? await ConnectAsync(peer) : s_connections[0];
        return (string?)await redis.GetDatabase().StringGetAsync("user");
    });

    private static async Task<ConnectionMultiplexer> ConnectAsync(string peer)
    {
        ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(peer); // leak: two connections and a thread's worth of buffers each
        lock (s_connections)
            s_connections.Add(redis);
        return redis;
    }
}
