using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Shop.Defects;

/// <summary>Remembers the score of every customer, for ever.</summary>
internal sealed class StaticDictionary : IDefect
{
    private const int Most = 500;
    private static readonly ConcurrentDictionary<string, byte[]> s_scores = new();
    private static long s_customers;

    public string Name => "static-dictionary";

    public string Pattern => "dotnet-static-collection";

    public string Function => "Shop.Defects.StaticDictionary.Remember";

    public int Rate => 300;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", () => Remember(Interlocked.Increment(ref s_customers), leaks));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Remember(long customer, bool leaks)
    {
        s_scores[Key(leaks ? customer : customer % Most)] = new byte[2048]; // leak: one for every customer, and none is ever taken out
        return (int)(customer % Most);
    }

    private static string Key(long customer) => customer.ToString(CultureInfo.InvariantCulture);
}
