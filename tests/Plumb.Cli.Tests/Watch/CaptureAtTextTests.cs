using Plumb.Cli.Watch;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Tests.Watch;

public sealed class CaptureAtTextTests
{
    [Fact]
    public void Rules_of_all_kinds_add_up()
    {
        Assert.True(CaptureAtText.TryParse(["80%", "goroutines=5000", "rss=1.5GiB", "leak"], within: null, out AlarmRules? rules, out _));
        Assert.Equal((0.8, true, TimeSpan.FromMinutes(10)), (rules.LimitShare, rules.OnLeak, rules.Within));
        Assert.Equal(new Dictionary<string, double> { ["goroutines"] = 5000, ["rss"] = 1.5 * (1 << 30) }, rules.Levels);
    }

    [Fact]
    public void Without_any_rule_nothing_is_captured()
    {
        Assert.True(CaptureAtText.TryParse([], within: null, out AlarmRules? rules, out _));
        Assert.Empty(new Alarm(rules).Check([new("rss", 99, 100)], WatchedGrowth.Unknown));
    }

    [Fact]
    public void A_forecast_may_be_the_only_rule()
    {
        Assert.True(CaptureAtText.TryParse([], TimeSpan.FromMinutes(3), out AlarmRules? rules, out _));
        Assert.Equal((null, TimeSpan.FromMinutes(3)), (rules.LimitShare, rules.Within));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("180%")]
    [InlineData("0%")]
    [InlineData("rss=many")]
    [InlineData("goroutines=-1")]
    [InlineData("colour=5")]
    [InlineData("=5")]
    public void What_is_no_rule_is_refused_with_what_to_write(string value)
    {
        Assert.False(CaptureAtText.TryParse([value], within: null, out _, out string? problem));
        Assert.Contains("80%, leak, NAME=VALUE", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fds", "20261121-080000-fds")]
    [InlineData("main.(*broker).ask", "20261121-080000-main---broker--ask")]
    [InlineData("../../etc/passwd\0", "20261121-080000-etc-passwd")]
    public void The_folder_of_a_capture_is_never_a_path_of_its_own(string subject, string name) =>
        Assert.Equal(name, CaptureName.Of(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero), subject));
}
