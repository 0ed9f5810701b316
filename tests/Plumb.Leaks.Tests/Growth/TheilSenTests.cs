using FsCheck;
using FsCheck.Fluent;
using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Tests.Growth;

public sealed class TheilSenTests
{
    private static readonly double[] Times = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void A_straight_line_is_found_exactly()
    {
        Prop.ForAll<short, short>((slope, level) =>
        {
            var line = TheilSen.Fit(Times, Array.ConvertAll(Times, t => (double)level + slope * t));
            return Math.Abs(line.Slope - slope) < 1e-6 && Math.Abs(line.Intercept - level) < 1e-6;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Two_wild_points_in_ten_do_not_move_it()
    {
        var values = Array.ConvertAll(Times, t => 2 * t);
        values[3] = 1e9;
        values[8] = -1e9;

        Assert.Equal(2, TheilSen.Fit(Times, values).Slope, 1);
    }

    [Fact]
    public void The_band_holds_the_slope()
    {
        var random = new Random(3);
        var covered = 0;
        for (var draw = 0; draw < 1000; draw++)
        {
            var line = TheilSen.Fit(Times, Array.ConvertAll(Times, t => t + random.NextDouble() * 4));
            Assert.InRange(line.Slope, line.Low, line.High);
            if (line.Low <= 1 && line.High >= 1) covered++;
        }

        Assert.InRange(covered, 920, 1000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Too_few_points_have_no_slope(int n)
    {
        Assert.Equal(0, TheilSen.Fit(Times.AsSpan()[..n], Times.AsSpan()[..n]).Slope);
    }

    [Fact]
    public void Points_at_one_time_have_no_slope()
    {
        Assert.Equal(0, TheilSen.Fit([1, 1, 1], [1, 2, 3]).Slope);
    }
}
