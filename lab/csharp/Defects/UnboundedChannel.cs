using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Shop.Defects;

/// <summary>Queues mails faster than they are sent.</summary>
internal sealed class UnboundedChannel : IDefect
{
    private const int Most = 200;

    public string Name => "unbounded-channel";

    public string Pattern => "dotnet-unbounded-channel";

    public string Function => "Shop.Defects.UnboundedChannel.Post";

    public int Rate => 300;

    public void Map(WebApplication app, bool leaks, string peer)
    {
        Channel<byte[]> mails = leaks
            ? Channel.CreateUnbounded<byte[]>()
            : Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest });
        _ = SendAsync(mails.Reader);
        app.MapGet("/buy", () => Post(mails.Writer));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Post(ChannelWriter<byte[]> mails)
    {
        byte[] mail = new byte[2048]; // leak: it waits with all the others
        return mails.TryWrite(mail); // leak: without a bound there is always room
    }

    private static async Task SendAsync(ChannelReader<byte[]> mails)
    {
        await foreach (byte[] _ in mails.ReadAllAsync())
            await Task.Delay(100);
    }
}
