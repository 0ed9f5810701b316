using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Plumb.Benchmarks.Web;

/// <summary>Counts what comes over the wire for a page, as it was sent: compressed, and also of answers that are not complete.</summary>
internal sealed class BrowserTraffic
{
    private readonly ConcurrentDictionary<string, string> _addresses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _bytes = new(StringComparer.Ordinal);

    private BrowserTraffic()
    {
    }

    public static async Task<BrowserTraffic> OfAsync(IPage page)
    {
        var traffic = new BrowserTraffic();
        ICDPSession session = await page.Context.NewCDPSessionAsync(page).ConfigureAwait(false);
        session.Event("Network.requestWillBeSent").OnEvent += (_, said) =>
            traffic._addresses[Id(said)] = said!.Value.GetProperty("request").GetProperty("url").GetString()!;
        session.Event("Network.dataReceived").OnEvent += (_, said) =>
            traffic._bytes.AddOrUpdate(Id(said), _ => Length(said), (_, before) => before + Length(said));
        session.Event("Network.loadingFinished").OnEvent += (_, said) => traffic._bytes[Id(said)] = Length(said);
        await session.SendAsync("Network.enable").ConfigureAwait(false);
        return traffic;
    }

    /// <summary>Megabytes of the answers to addresses with that part; of all when it is empty.</summary>
    public double Megabytes(string part) =>
        _bytes.Where(pair => _addresses.TryGetValue(pair.Key, out string? address) && address.Contains(part, StringComparison.Ordinal)).Sum(pair => pair.Value) / 1e6;

    private static string Id(JsonElement? said) => said!.Value.GetProperty("requestId").GetString()!;

    private static long Length(JsonElement? said) => (long)said!.Value.GetProperty("encodedDataLength").GetDouble();
}
