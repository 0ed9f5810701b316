using Plumb.Leaks.Isolation;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Tests.Diagnoses;

namespace Plumb.Leaks.Tests.Isolation;

public sealed class RoundSignalsTests
{
    [Fact]
    public void What_stays_behind_is_told_by_the_application_s_line_and_what_only_passed_is_not()
    {
        SnapshotSeries series = new SeriesFixture(2)
            .Goroutines("runtime.gopark < runtime.chansend < main.(*stock).reserve.func1:25", i => 3 + (40 * i))
            .Goroutines("runtime.gopark < runtime.chanrecv < main.(*stock).reserve.func1:25", i => 2 * i)
            .Goroutines("runtime.gopark < net/http.(*persistConn).readLoop", i => 7)
            .Goroutines("runtime.gopark < net/http.(*persistConn).writeLoop", i => 5 - (5 * i))
            .Metric(MetricNames.Descriptors, i => 10 + i)
            .Metric(RoundSignals.HeapAllocBytes, i => 1e6 + (5e5 * i))
            .Build();
        IReadOnlyList<SignalReading> readings = RoundSignals.Between(series[0], series[1], SignalNoise.Of([]), mainModule: null);

        SignalReading leak = readings.Single(reading => reading.Growth > 10 && reading.Signal.Kind == SignalKind.Goroutines);
        Assert.StartsWith("main.(*stock).reserve", leak.Signal.Place, StringComparison.Ordinal);
        Assert.EndsWith(":25", leak.Signal.Place, StringComparison.Ordinal);
        Assert.Equal(42, leak.Growth);
        Assert.Equal(-5, readings.Single(reading => reading.Signal.Place == "net/http.(*persistConn).writeLoop").Growth);
        Assert.DoesNotContain(readings, reading => reading.Signal.Place.Contains("readLoop", StringComparison.Ordinal));
        Assert.Equal(1, readings.Single(reading => reading.Signal.Kind == SignalKind.Descriptors).Growth);
        Assert.Equal(5e5, readings.Single(reading => reading.Signal.Kind == SignalKind.HeapBytes).Growth);
    }

    [Fact]
    public void Without_the_runtime_s_own_count_the_heap_is_known_no_better_than_its_samples()
    {
        SnapshotSeries series = new SeriesFixture(2).Heap("main.keep:3", 1024, i => 1000 + (1000 * i)).Build();
        SignalReading heap = Assert.Single(RoundSignals.Between(series[0], series[1], SignalNoise.Of([]), mainModule: null));
        Assert.Equal(1024 * 1000, heap.Growth, 1.0);
        Assert.InRange(heap.Noise, 512 * 1024, 4 * 512 * 1024);
    }

    [Fact]
    public void A_restless_service_is_believed_less()
    {
        SnapshotSeries calm = new SeriesFixture(4).Metric(RoundSignals.HeapAllocBytes, _ => 1e6).Metric(MetricNames.Descriptors, _ => 9).Build();
        SnapshotSeries restless = new SeriesFixture(4).Metric(RoundSignals.HeapAllocBytes, i => 1e6 + (3e5 * (i % 2))).Metric(MetricNames.Descriptors, i => 9 + (6 * (i % 2))).Build();
        Assert.Equal((1, 32 << 10), (SignalNoise.Of(calm.Snapshots).Descriptors, SignalNoise.Of(calm.Snapshots).HeapBytes));
        Assert.Equal((6, 3e5), (SignalNoise.Of(restless.Snapshots).Descriptors, SignalNoise.Of(restless.Snapshots).HeapBytes));
    }
}
