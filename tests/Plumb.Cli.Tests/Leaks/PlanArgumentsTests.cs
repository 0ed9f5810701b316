using Plumb.Cli.Leaks.Arguments;
using Plumb.Collectors.Recording;

namespace Plumb.Cli.Tests.Leaks;

public sealed class PlanArgumentsTests
{
    [Theory]
    [InlineData(null, null, null, 5, 13)]
    [InlineData(30.0, null, null, 2.5, 13)]
    [InlineData(24.0, null, null, 2, 13)]
    [InlineData(12.0, null, null, 1, 13)]
    [InlineData(3.0, null, null, 1, 4)]
    [InlineData(90.0, null, null, 5, 19)]
    [InlineData(null, 1.0, null, 1, 61)]
    [InlineData(null, null, 8, 5, 8)]
    [InlineData(20.0, 1.0, null, 1, 21)]
    [InlineData(70.0, null, 8, 10, 8)]
    [InlineData(null, 2.0, 8, 2, 8)]
    [InlineData(600.0, null, null, 5, 121)]
    [InlineData(3600.0, null, null, 30, 121)]
    [InlineData(3600.0, 5.0, null, 5, 721)]
    [InlineData(0.3, 0.1, null, 0.1, 4)]
    public void Any_two_decide_the_third_and_one_is_enough(double? time, double? every, int? snapshots, double interval, int count)
    {
        Assert.True(PlanArguments.TryMake(Seconds(time), Seconds(every), snapshots, out RecordingPlan? plan, out _));
        Assert.Equal((TimeSpan.FromSeconds(interval), count), (plan.Every, plan.Snapshots));
    }

    [Theory]
    [InlineData(60.0, 5.0, 13, "two of them")]
    [InlineData(3.0, 5.0, null, "at least 2 snapshots")]
    [InlineData(0.9, null, null, "at least 2 snapshots")]
    [InlineData(null, null, 1, "at least 2 snapshots")]
    [InlineData(null, null, 0, "at least 2 snapshots")]
    [InlineData(null, 0.0, null, "100ms apart")]
    [InlineData(null, 0.01, null, "100ms apart")]
    [InlineData(1.0, null, 1000, "100ms apart")]
    [InlineData(0.0, null, 1, "100ms apart")]
    [InlineData(31_536_000.0, 1.0, null, "at most 100000")]
    [InlineData(null, null, int.MaxValue, "at most 100000")]
    public void What_makes_no_series_is_explained(double? time, double? every, int? snapshots, string words)
    {
        Assert.False(PlanArguments.TryMake(Seconds(time), Seconds(every), snapshots, out _, out string? problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}
