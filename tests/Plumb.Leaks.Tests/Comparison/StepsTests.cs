using Plumb.Leaks.Comparison;

namespace Plumb.Leaks.Tests.Comparison;

public sealed class StepsTests
{
    private const int Draws = 2000;
    private const int Points = 16;

    /// <summary>Makes levels of one series without a difference from any other: name, and the drawing.</summary>
    public static TheoryData<string, double> Alike => new()
    {
        // Name, and the largest share of comparisons that may come out below 5 %.
        { "retained, a Poisson number a step", 0.08 },
        { "a level that trembles", 0.05 },
        { "a level whose neighbours are alike", 0.05 },
        { "a saw of the collector", 0.05 },
    };

    [Theory]
    [MemberData(nameof(Alike))]
    public void Two_runs_of_one_program_rarely_differ(string kind, double most)
    {
        var random = new Random(20261121);
        var false5 = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            if (WelchTest.P(Rate(kind, random, 20), Rate(kind, random, 20)) < 0.05) false5++;
        }

        Assert.InRange((double)false5 / Draws, 0, most);
    }

    [Fact]
    public void Twice_the_leak_is_told_from_once()
    {
        var random = new Random(7);
        var seen = 0;
        for (var draw = 0; draw < 200; draw++)
        {
            if (WelchTest.P(Rate("retained, a Poisson number a step", random, 20), Rate("retained, a Poisson number a step", random, 40)) < 0.05) seen++;
        }

        Assert.InRange(seen, 195, 200);
    }

    [Fact]
    public void Exact_growth_is_exact_but_for_rounding()
    {
        double[] values = [.. Enumerable.Range(0, Points).Select(i => 100.0 * i)];
        double[] work = [.. Enumerable.Range(0, Points).Select(i => 50.0 * i)];
        var rate = Steps.Rate(values, work, []);
        Assert.Equal(2, rate.Value, 9);
        Assert.InRange(rate.Error, 1e-4, 0.01);
    }

    [Fact]
    public void Heap_is_known_no_better_than_its_samples_allow()
    {
        double[] work = [.. Enumerable.Range(0, Points).Select(i => 50.0 * i)];
        double[] samples = [.. Enumerable.Range(0, Points).Select(i => (double)i)];
        double[] bytes = [.. samples.Select(k => k * 524_288)];
        var rate = Steps.Rate(bytes, work, samples);
        // Fourteen samples after the warm-up: known to a root of 14.
        Assert.InRange(rate.Value / rate.Error, 3, 4);
    }

    [Fact]
    public void Too_few_points_are_unknown_and_differ_from_nothing()
    {
        var unknown = Steps.Rate([1, 2, 3], [1, 2, 3], []);
        Assert.False(unknown.IsKnown);
        Assert.Equal(1, WelchTest.P(unknown, Steps.Rate([0, 100, 200, 300, 400, 500], [1, 2, 3, 4, 5, 6], [])));
    }

    [Theory]
    // scipy.stats.ttest_ind_from_stats(0, 1*sqrt(10), 10, 2, 1*sqrt(10), 10, equal_var=False)
    [InlineData(0, 1, 9, 2, 1, 9, 0.17442)]
    [InlineData(0, 1, double.PositiveInfinity, 1.96, 0, double.PositiveInfinity, 0.05)]
    [InlineData(5, 0, 9, 5, 0, 9, 1)]
    [InlineData(5, 0, 9, 6, 0, 9, 0)]
    public void The_test_agrees_with_others(double a, double errorOfA, double degreesOfA, double b, double errorOfB, double degreesOfB, double p) =>
        Assert.Equal(p, WelchTest.P(new Estimate(a, errorOfA, degreesOfA), new Estimate(b, errorOfB, degreesOfB)), 4);

    private static Estimate Rate(string kind, Random random, double each)
    {
        var values = new double[Points];
        var work = new double[Points];
        var before = 0.0;
        for (var i = 0; i < Points; i++)
        {
            work[i] = 100 * i;
            values[i] = kind switch
            {
                "retained, a Poisson number a step" => before + Poisson(random, each),
                "a level that trembles" => 500 + (20 * Normal(random)),
                "a level whose neighbours are alike" => (0.7 * before) + (20 * Normal(random)),
                _ => 500 + (40 * random.NextDouble() * (i % 4)),
            };
            before = values[i];
        }

        return Steps.Rate(values, work, []);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static int Poisson(Random random, double mean)
    {
        var (count, product, limit) = (0, random.NextDouble(), Math.Exp(-mean));
        for (; product > limit; count++) product *= random.NextDouble();
        return count;
    }
}
