using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Watching;

namespace Plumb.Leaks.Tests.Watching;

public sealed class AlarmTests
{
    [Fact]
    public void A_limit_that_is_near_is_told_once_until_it_was_far_again()
    {
        var alarm = new Alarm(new AlarmRules { LimitShare = 0.8 });
        Assert.Empty(Fds(alarm, 799));
        var reason = Assert.Single(Fds(alarm, 800));
        Assert.Equal((AlarmKind.NearLimit, "fds", 800, 1000), (reason.Kind, reason.Subject, reason.Value, reason.Bound));
        Assert.Empty(Fds(alarm, 790));
        Assert.Empty(Fds(alarm, 805));
        Assert.Empty(Fds(alarm, 100));
        Assert.Single(Fds(alarm, 900));
    }

    [Fact]
    public void An_unknown_level_or_limit_is_no_alarm()
    {
        var alarm = new Alarm(new AlarmRules { LimitShare = 0.8 });
        Assert.Empty(alarm.Check([new("fds", double.NaN, 10), new("rss", 1e12)], WatchedGrowth.Unknown));
    }

    [Fact]
    public void A_level_that_the_user_named_needs_no_limit()
    {
        var alarm = new Alarm(new AlarmRules { Levels = new Dictionary<string, double> { ["goroutines"] = 500 } });
        Assert.Equal(AlarmKind.Level, Assert.Single(alarm.Check([new("goroutines", 501)], WatchedGrowth.Unknown)).Kind);
    }

    [Fact]
    public void A_limit_that_is_forecast_soon_is_an_alarm_and_later_is_none()
    {
        var alarm = new Alarm(new AlarmRules { Within = TimeSpan.FromMinutes(10) });
        Assert.Empty(alarm.Check([], Forecast(TimeSpan.FromMinutes(11))));
        Assert.Equal(TimeSpan.FromMinutes(9), Assert.Single(alarm.Check([], Forecast(TimeSpan.FromMinutes(9)))).Left);
        Assert.Empty(alarm.Check([], Forecast(TimeSpan.FromMinutes(10.5))));
        Assert.Empty(alarm.Check([], Forecast(TimeSpan.Zero)));
    }

    private static IReadOnlyList<AlarmReason> Fds(Alarm alarm, double value) => alarm.Check([new("fds", value, 1000)], WatchedGrowth.Unknown);

    private static WatchedGrowth Forecast(TimeSpan left) => WatchedGrowth.Unknown with
    {
        Forecast = new Forecast { Resource = "rss", LimitName = "memory limit", Limit = 100, Current = 50, PerSecond = 1, TimeToLimit = left, Earliest = left },
    };
}
