using Plumb.Collectors.Loading;

namespace Plumb.Collectors.Tests.Loading;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void A_quantile_is_never_too_low_and_at_most_a_64th_too_high()
    {
        var random = new Random(7);
        var histogram = new LatencyHistogram();
        double[] micros = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Floor(Math.Exp(random.NextDouble() * 20)))];
        foreach (double one in micros)
        {
            histogram.Record(TimeSpan.FromMicroseconds(one));
        }

        Array.Sort(micros);
        foreach (double share in new[] { 0, 0.01, 0.5, 0.95, 0.99, 0.999, 1 })
        {
            double exact = micros[Math.Max(0, (int)Math.Ceiling(share * micros.Length) - 1)];
            Assert.InRange(histogram.Quantile(share)!.Value.TotalMicroseconds, exact, (exact * (1 + (1.0 / 64))) + 1);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(1_000_000)]
    public void Values_at_the_edges_of_buckets_are_kept(long micros)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMicroseconds(micros));
        Assert.InRange(histogram.Quantile(0.5)!.Value.TotalMicroseconds, micros, micros * (1 + (1.0 / 64)));
    }

    [Fact]
    public void What_is_out_of_range_is_clamped()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromSeconds(-1));
        histogram.Record(TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.Zero, histogram.Quantile(0));
        Assert.InRange(histogram.Quantile(1)!.Value, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
    }

    [Fact]
    public void An_empty_histogram_has_no_quantile() => Assert.Null(new LatencyHistogram().Quantile(0.5));

    [Fact]
    public void What_came_since_a_copy_can_be_told_apart()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(1));
        LatencyHistogram earlier = histogram.Copy();
        histogram.Record(TimeSpan.FromMilliseconds(50));
        LatencyHistogram recent = histogram.Since(earlier);
        Assert.Equal(1, recent.Count);
        Assert.InRange(recent.Quantile(0.5)!.Value.TotalMilliseconds, 50, 51);
        Assert.Equal(1, earlier.Count);
    }
}
