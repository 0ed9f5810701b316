namespace Shop.LookAlikes;

/// <summary>Needs as much as it has to do, and has ever more to do for a while.</summary>
internal sealed class TrafficRamps : IDefect
{
    private static readonly DateTime s_start = DateTime.UtcNow;

    public string Name => "traffic-ramp";

    public string Pattern => "";

    public string Function => "";

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", async () =>
    {
        byte[] work = new byte[16 * 1024];
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(400, 20 * (DateTime.UtcNow - s_start).TotalSeconds)));
        return work.Length;
    });
}
