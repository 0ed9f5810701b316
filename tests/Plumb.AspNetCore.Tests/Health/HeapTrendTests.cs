using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Plumb.AspNetCore.Health;

namespace Plumb.AspNetCore.Tests.Health;

public sealed class HeapTrendTests
{
    private const long Mega = 1 << 20;
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_rises_with_every_collection_is_suspected_with_its_figures()
    {
        HeapTrend.Rise? rise = After(Enumerable.Range(0, 12).Select(i => (100 + (10 * i)) * Mega));

        Assert.Equal(new HeapTrend.Rise(100 * Mega, 210 * Mega, 12, TimeSpan.FromSeconds(11 * 20)), rise);
    }

    [Theory]
    [InlineData("100 110 120 130 140 150 160 170", "too few")]
    [InlineData("100 101 102 103 104 105 106 107 108 109 110 111", "too little")]
    [InlineData("100 160 100 160 100 160 100 160 100 160 100 160", "swings")]
    [InlineData("100 150 180 200 212 218 221 223 224 225 226 227", "fills ever more slowly")]
    [InlineData("210 200 190 180 170 160 150 140 130 120 110 100", "falls")]
    [InlineData("100 100 100 100 100 300 300 300 300 300 300 300", "a step")]
    public void What_does_not_rise_without_end_is_not(string megabytes, string why) =>
        Assert.True(After(megabytes.Split(' ').Select(m => long.Parse(m) * Mega)) is null, why);

    [Fact]
    public void Old_readings_are_forgotten()
    {
        IEnumerable<long> risen = Enumerable.Range(0, 40).Select(i => (100 + (10L * i)) * Mega);

        Assert.Null(After([.. risen, .. Enumerable.Repeat(500 * Mega, 32)]));
    }

    [Fact]
    public async Task The_check_is_degraded_while_a_leak_is_suspected()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders()).AddHealthChecks().AddPprofLeakSuspicion();
        await using ServiceProvider provider = services.BuildServiceProvider();
        var checks = provider.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await checks.CheckHealthAsync()).Status);

        Fill(provider.GetRequiredService<HeapTrend>(), Enumerable.Range(0, 12).Select(i => (100 + (10 * i)) * Mega));
        HealthReport report = await checks.CheckHealthAsync();

        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("from 100 to 210 MB in 12 of them", report.Entries["leak"].Description, StringComparison.Ordinal);
    }

    private static HeapTrend.Rise? After(IEnumerable<long> readings)
    {
        var trend = new HeapTrend();
        Fill(trend, readings);
        return trend.Suspicion();
    }

    private static void Fill(HeapTrend trend, IEnumerable<long> readings)
    {
        DateTimeOffset at = s_start;
        foreach (long bytes in readings)
        {
            trend.Add(at, bytes);
            at += TimeSpan.FromSeconds(20);
        }
    }
}
