using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

/// <summary>Services that grow for a while, and do not leak.</summary>
public sealed class HealthyServiceTests
{
    [LabFact("bounded-cache", LabRun.Healthy)]
    public Task Is_silent_on_a_cache_that_fills() => StaysSilentAsync("bounded-cache");

    [LabFact("pool-warm-up", LabRun.Healthy)]
    public Task Is_silent_on_a_pool_that_fills() => StaysSilentAsync("pool-warm-up");

    [LabFact("traffic-ramp", LabRun.Healthy)]
    public Task Accuses_nobody_while_traffic_grows() => StaysSilentAsync("traffic-ramp");

    private static async Task StaysSilentAsync(string service)
    {
        LabRun run = await LabRun.LookAtAsync(service, LabRun.Healthy);
        run.StaysSilent(run.Manifest.Healthy!);
    }
}
