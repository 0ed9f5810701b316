using System.Collections.Concurrent;

namespace Shop.LookAlikes;

/// <summary>A pool that grows with the traffic until it has as many as are ever in use.</summary>
internal sealed class PoolWarmsUp : IDefect
{
    private const int Most = 40;
    private static readonly ConcurrentBag<byte[]> s_pool = [];
    private static int s_made;

    public string Name => "pool-warm-up";

    public string Pattern => "";

    public string Function => "";

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", async () =>
    {
        byte[] buffer = Rent();
        await Task.Delay(20);
        s_pool.Add(buffer);
        return buffer.Length;
    });

    private static byte[] Rent() => s_made < Most || !s_pool.TryTake(out byte[]? buffer) ? Make() : buffer;

    private static byte[] Make()
    {
        Interlocked.Increment(ref s_made);
        return new byte[200_000];
    }
}
