using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Tests.Diagnoses;
using Plumb.Leaks.Watching;

namespace Plumb.Leaks.Tests.Watching;

public sealed class GrowthWatchTests
{
    private const string Stuck = "runtime.gopark < runtime.chansend < runtime.chansend1 < main.(*broker).ask.func1:51";

    [Fact]
    public void A_leak_is_found_while_it_grows_and_remembered_with_its_time()
    {
        var series = new SeriesFixture(20).Goroutines(Stuck, i => 20 + (5 * i)).Build();
        var (watch, answers) = Watch(series);
        var first = answers.FindIndex(growth => growth.Leaks.Count > 0);
        Assert.InRange(first, 4, 12);
        var leak = Assert.Single(answers[^1].Leaks);
        Assert.Equal("main.(*broker).ask", leak.Finding.Function);
        Assert.Equal((series[first].At, series[^1].At), (leak.FirstSeen, leak.LastSeen));
        Assert.Equal(leak, Assert.Single(answers[^1].Current));
        Assert.Equal(20, watch.Kept.Count);
    }

    [Fact]
    public void A_leak_that_stops_is_known_but_not_current()
    {
        var series = new SeriesFixture(70).Goroutines(Stuck, i => 20 + (5 * Math.Min(i, 12))).Build();
        var (_, answers) = Watch(series);
        Assert.Single(answers[^1].Leaks);
        Assert.Empty(answers[^1].Current);
    }

    [Fact]
    public void A_leak_that_begins_after_hours_of_peace_is_found_in_the_latest_snapshots()
    {
        var series = new SeriesFixture(300).Goroutines(Stuck, i => 20 + (i % 2) + (5 * Math.Max(0, i - 280))).Build();
        var (watch, answers) = Watch(series);
        Assert.Single(answers[^1].Current);
        Assert.All(answers.Take(281), growth => Assert.Empty(growth.Leaks));
        Assert.InRange(watch.Kept.Count, GrowthWatch.MostPoints, 2 * GrowthWatch.MostPoints);
    }

    // One in six snapshots: in the latest 24 that is next to nothing, over the whole time it is a line.
    [Fact]
    public void A_leak_too_slow_for_the_latest_snapshots_is_found_in_the_whole_time()
    {
        var series = new SeriesFixture(400).Goroutines(Stuck, i => 20 + (i / 6)).Build();
        var (_, answers) = Watch(series);
        Assert.Empty(LeakFinder.Find(new SnapshotSeries(series.Snapshots.TakeLast(GrowthWatch.MostPoints))).Findings);
        Assert.Equal("main.(*broker).ask", Assert.Single(answers[^1].Current).Finding.Function);
    }

    [Fact]
    public void Nothing_is_accused_in_a_healthy_service_however_long_it_is_watched()
    {
        var series = new SeriesFixture(300).Goroutines(Stuck, i => 20 + (i * 7 % 5)).Build();
        var (_, answers) = Watch(series);
        Assert.All(answers, growth => Assert.Empty(growth.Leaks));
    }

    [Fact]
    public void Large_snapshots_are_kept_in_smaller_numbers()
    {
        var (watch, _) = Watch(new SeriesFixture(100).Goroutines(Stuck, _ => 20).Build());
        watch.Shrink(1);
        Assert.InRange(watch.Kept.Count, GrowthWatch.FewestPoints, 2 * GrowthWatch.FewestPoints);
    }

    private static (GrowthWatch Watch, List<WatchedGrowth> Answers) Watch(SnapshotSeries series)
    {
        var watch = new GrowthWatch(LeakFinder.Find, LeakFinderOptions.Default);
        List<WatchedGrowth> answers = [];
        foreach (var snapshot in series.Snapshots)
        {
            watch.Add(snapshot);
            answers.Add(watch.Judge());
        }

        return (watch, answers);
    }
}
