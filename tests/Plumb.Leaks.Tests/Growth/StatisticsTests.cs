using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Tests.Growth;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959964, 0.025)]
    [InlineData(3.090232, 0.001)]
    [InlineData(-1.281552, 0.9)]
    public void The_normal_tail_matches_the_tables(double z, double tail)
    {
        Assert.Equal(tail, Distributions.NormalUpperTail(z), 6);
    }

    [Theory]
    [InlineData(2.015048, 5, 0.05)]
    [InlineData(3.142668, 6, 0.01)]
    [InlineData(12.706205, 1, 0.025)]
    [InlineData(-2.015048, 5, 0.95)]
    public void The_student_tail_matches_the_tables(double t, double degrees, double tail)
    {
        Assert.Equal(tail, Distributions.StudentUpperTail(t, degrees), 6);
    }

    [Fact]
    public void The_false_discovery_bound_takes_the_largest_rank_that_fits()
    {
        // 0.05·rank/5 is 0.01, 0.02, 0.03, 0.04, 0.05: the third misses its line, yet the fourth carries it.
        Assert.Equal([true, true, true, true, false], FalseDiscovery.Accept([0.001, 0.015, 0.035, 0.04, 0.6], 0.05));
    }

    [Fact]
    public void No_hypotheses_are_accepted_out_of_none()
    {
        Assert.Empty(FalseDiscovery.Accept([], 0.05));
    }

    [Theory]
    [InlineData(1024, 512 * 1024.0)]
    [InlineData(512 * 1024, 512 * 1024.0)]
    [InlineData(64 * 1024 * 1024, 512 * 1024.0)]
    public void Undoing_the_heap_scaling_gives_the_samples_back(double size, double rate)
    {
        const double sampled = 9;
        var scale = 1 / (1 - Math.Exp(-size / rate));

        Assert.Equal(sampled, HeapSampling.RawSamples(sampled * scale, sampled * size * scale, rate), 9);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(double.NaN, 5)]
    [InlineData(-3, 100)]
    public void An_empty_or_odd_heap_row_rests_on_no_samples(double objects, double bytes)
    {
        Assert.Equal(0, HeapSampling.RawSamples(objects, bytes, HeapSampling.DefaultRate));
    }

    [Fact]
    public void Huber_regression_finds_the_coefficients_despite_a_burst()
    {
        double[] rate = [10, 14, 9, 20, 11, 17, 13, 10, 19, 12];
        double[] work = [0, 60, 110, 190, 260, 330, 400, 450, 530, 600];
        var y = rate.Zip(work, (r, w) => 5 + 2 * r + 0.5 * w).ToArray();
        y[4] += 500;

        var fit = HuberRegression.Fit([rate, work], y)!;

        Assert.Equal(2, fit[1], 1);
        Assert.Equal(0.5, fit[2], 1);
    }

    [Fact]
    public void Huber_regression_refuses_collinear_columns()
    {
        double[] x = [1, 2, 3, 4, 5, 6];

        Assert.Null(HuberRegression.Fit([x, Array.ConvertAll(x, v => 2 * v + 1)], x));
    }
}
