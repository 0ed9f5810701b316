using FsCheck;
using FsCheck.Fluent;
using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Tests.Growth;

public sealed class MannKendallTests
{
    private static double[] Steps(int n) => [.. Enumerable.Range(0, n).Select(i => (double)i)];

    [Theory]
    [InlineData(5, 1 / 120.0)]
    [InlineData(6, 1 / 720.0)]
    [InlineData(8, 1 / 40320.0)]
    public void Points_in_strict_order_have_the_chance_of_one_permutation(int n, double chance)
    {
        Assert.Equal(chance, MannKendall.Test(Steps(n), Steps(n)).RankP, 9);
    }

    [Fact]
    public void A_constant_series_has_no_trend()
    {
        var test = MannKendall.Test(Steps(10), new double[10]);

        Assert.Equal(0, test.Score);
        Assert.True(test.P >= 0.5);
    }

    [Fact]
    public void A_falling_series_is_never_a_rising_one()
    {
        Assert.True(MannKendall.Test(Steps(10), [.. Steps(10).Reverse()]).P > 0.99);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Fewer_than_three_points_say_nothing(int n)
    {
        Assert.Equal(TrendTest.None, MannKendall.Test(Steps(n), Steps(n)));
    }

    [Fact]
    public void Slow_waves_widen_the_variance()
    {
        var x = Steps(40);
        var waves = Array.ConvertAll(x, t => t / 8 + Math.Sin(t / 6));

        Assert.True(MannKendall.Test(x, waves).Inflation > 1.5);
    }

    [Fact]
    public void The_exact_and_the_approximate_tail_agree_where_they_meet()
    {
        var random = new Random(1);
        for (var draw = 0; draw < 200; draw++)
        {
            var twelve = Enumerable.Range(0, 12).Select(_ => random.NextDouble()).ToArray();
            var withTie = (double[])twelve.Clone();
            withTie[5] = withTie[6];

            var exact = MannKendall.Test(Steps(12), twelve).RankP;
            var approximate = MannKendall.Test(Steps(12), withTie).RankP;

            Assert.InRange(Math.Abs(exact - approximate), 0, 0.35);
        }
    }

    [Fact]
    public void Under_no_trend_one_in_a_hundred_is_below_one_in_a_hundred()
    {
        var random = new Random(2);
        var below = 0;
        for (var draw = 0; draw < 5000; draw++)
        {
            var values = Enumerable.Range(0, 10).Select(_ => random.NextDouble()).ToArray();
            if (MannKendall.Test(Steps(10), values).RankP < 0.01) below++;
        }

        Assert.InRange(below, 10, 80);
    }

    [Fact]
    public void Raising_the_scale_or_level_of_a_series_does_not_change_its_ranks()
    {
        Prop.ForAll<int[], int>((values, shift) =>
        {
            var plain = Array.ConvertAll(values, v => (double)v);
            var moved = Array.ConvertAll(values, v => 3.0 * v + shift);
            return MannKendall.Score(plain) == MannKendall.Score(moved);
        }).QuickCheckThrowOnFailure();
    }
}
