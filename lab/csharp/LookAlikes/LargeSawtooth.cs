namespace Shop.LookAlikes;

/// <summary>Collects a report of large pieces, and drops it when it is written.</summary>
internal sealed class LargeSawtooth : IDefect
{
    private const int Pieces = 200;
    private static readonly List<byte[]> s_report = [];

    public string Name => "loh-sawtooth";

    public string Pattern => "";

    public string Function => "";

    public int Rate => 50;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", Collect);

    private static int Collect()
    {
        lock (s_report)
        {
            if (s_report.Count == Pieces)
                s_report.Clear();
            s_report.Add(new byte[150_000]);
            return s_report.Count;
        }
    }
}
