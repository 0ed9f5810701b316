namespace Shop.LookAlikes;

/// <summary>A cache with a bound, which fills within some seconds.</summary>
internal sealed class CacheFills : IDefect
{
    private const int Entries = 2000;
    private static readonly byte[]?[] s_cache = new byte[]?[Entries];
    private static long s_requests;

    public string Name => "bounded-cache";

    public string Pattern => "";

    public string Function => "";

    public int Rate => 300;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", () => Put(Interlocked.Increment(ref s_requests)));

    private static int Put(long request) => (s_cache[request % Entries] = new byte[4096]).Length;
}
