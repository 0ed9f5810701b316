using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;

namespace Plumb.Leaks.Tests.Diagnoses;

public sealed class ForecastTests
{
    private const long Size = 1 << 20;
    private const double Interval = 5;

    private static SeriesFixture Growing() => new SeriesFixture(12) { Interval = Interval }.Heap("main.remember:8", Size, i => 10 + 10 * i);

    private static Forecast Of(SeriesFixture series) => Assert.Single(LeakFinder.Find(series.Build()).Findings).Forecast!;

    private static void AssertSeconds(double expected, Forecast forecast)
    {
        Assert.InRange(forecast.TimeToLimit.TotalSeconds, 0.9 * expected, 1.1 * expected);
        Assert.True(forecast.Earliest <= forecast.TimeToLimit);
        Assert.True(forecast.Latest is null || forecast.Latest >= forecast.TimeToLimit);
    }

    [Fact]
    public void Memory_is_out_at_half_the_limit_with_the_default_headroom_of_the_collector()
    {
        AssertSeconds((200 - 120) / 2.0, Of(Growing().Metric(MetricNames.MemoryLimitBytes, _ => 400 * Size)));
    }

    [Fact]
    public void A_collector_that_is_off_leaves_the_live_heap_the_whole_limit_and_that_is_no_comfort()
    {
        var forecast = Of(Growing().Metric(MetricNames.MemoryLimitBytes, _ => 400 * Size).Metric(MetricNames.GoGcPercent, _ => -1));

        AssertSeconds((400 - 120) / 2.0, forecast);
        Assert.Contains("sooner", forecast.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_soft_limit_is_reached_first_even_where_there_is_no_hard_one()
    {
        var forecast = Of(Growing().Metric(MetricNames.GoMemoryLimitBytes, _ => 300 * Size));

        Assert.Equal("GOMEMLIMIT", forecast.LimitName);
        AssertSeconds((300 - 120) / 2.0, forecast);
    }

    [Fact]
    public void A_pool_of_connections_is_used_up_before_memory_is()
    {
        var forecast = Of(new SeriesFixture(12) { Interval = Interval }
            .Goroutines("runtime.gopark < runtime.selectgo < database/sql.(*Rows).awaitDone", i => 1 + 5 * i)
            .Metric(MetricNames.SqlInUse, i => 1 + 5 * i)
            .Metric(MetricNames.SqlMaxOpen, _ => 100));

        Assert.Equal("connection pool", forecast.LimitName);
        AssertSeconds(100 - 56, forecast);
    }

    [Fact]
    public void Descriptors_last_until_their_limit()
    {
        AssertSeconds((1024 - 240) / 4.0, Of(new SeriesFixture(12) { Interval = Interval }
            .Metric(MetricNames.Descriptors, i => 20 + 20 * i)
            .Metric(MetricNames.DescriptorLimit, _ => 1024)));
    }
}
