using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Tests.Diagnoses;

namespace Plumb.Leaks.Tests.Comparison;

public sealed class SeriesComparerTests
{
    private const string Sender = "runtime.gopark:363 < runtime.chansend1:145 < main.(*broker).ask.func1:51";
    private const string Idle = "runtime.gopark:363 < runtime.netpollblock:1 < net/http.(*conn).serve:1";
    private const string Order = "main.(*book).add:12 < main.order:40 < net/http.(*conn).serve:1";

    [Fact]
    public void What_grows_only_in_the_new_one_is_a_leak_of_the_new_one()
    {
        var comparison = Compare(Service(), Service().Goroutines(Sender, i => 30 * i));
        Assert.Equal(ComparisonVerdict.Worse, comparison.Verdict);
        Assert.Equal("main.(*broker).ask", Assert.Single(comparison.NewLeaks).Function);
        var growth = comparison.Growth.First(g => !g.IsProcess);
        Assert.Equal((DifferenceVerdict.OnlyNew, "goroutine"), (growth.Verdict, growth.Resource));
        Assert.Equal(0.3, growth.Change, 2);
        Assert.True(comparison.IsPerRequest);
    }

    [Fact]
    public void The_other_way_round_it_is_gone()
    {
        var comparison = Compare(Service().Goroutines(Sender, i => 30 * i), Service());
        Assert.Equal(ComparisonVerdict.Same, comparison.Verdict);
        Assert.Equal("main.(*broker).ask", Assert.Single(comparison.GoneLeaks).Function);
        Assert.Contains(comparison.Growth, g => g.Verdict == DifferenceVerdict.Gone);
    }

    [Fact]
    public void A_leak_of_both_is_no_difference_even_when_its_lines_moved()
    {
        var moved = Sender.Replace(":51", ":77", StringComparison.Ordinal);
        var comparison = Compare(Service().Goroutines(Sender, i => 30 * i), Service().Goroutines(moved, i => 30 * i));
        Assert.Equal(ComparisonVerdict.Same, comparison.Verdict);
        Assert.Single(comparison.CommonLeaks);
        Assert.Empty(comparison.NewLeaks);
        Assert.DoesNotContain(comparison.Growth, g => !g.IsProcess);
    }

    [Fact]
    public void A_leak_of_both_that_became_faster_is_worse()
    {
        var comparison = Compare(Service().Goroutines(Sender, i => 30 * i), Service().Goroutines(Sender, i => 60 * i));
        Assert.Equal((ComparisonVerdict.Worse, DifferenceVerdict.More), (comparison.Verdict, comparison.Growth[0].Verdict));
    }

    [Fact]
    public void A_cache_that_fills_in_the_new_one_and_ends_is_no_leak()
    {
        var comparison = Compare(Service(), Service().Heap(Order, 4096, i => Math.Min(500, 100 * (i + 1))));
        Assert.NotEqual(ComparisonVerdict.Worse, comparison.Verdict);
        Assert.Empty(comparison.NewLeaks);
    }

    [Fact]
    public void Two_runs_that_are_alike_are_the_same() => Assert.Equal(ComparisonVerdict.Same, Compare(Service(), Service()).Verdict);

    [Fact]
    public void Twice_the_requests_with_twice_the_leaked_is_the_same_by_the_request()
    {
        var comparison = Compare(
            Service().Goroutines(Sender, i => 30 * i), Service(requests: 200).Goroutines(Sender, i => 60 * i));
        Assert.Equal(ComparisonVerdict.Same, comparison.Verdict);
        Assert.Contains(comparison.Notes, note => note.Contains("2.0 times the requests", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_counted_requests_rates_are_by_the_second_and_that_is_said()
    {
        var comparison = Compare(Service(requests: 0), Service(requests: 0).Goroutines(Sender, i => 30 * i));
        Assert.False(comparison.IsPerRequest);
        Assert.Equal(6, comparison.Growth[0].Change, 1);
        Assert.Contains(comparison.Notes, note => note.Contains("by the second", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_few_snapshots_decide_nothing() =>
        Assert.Equal(ComparisonVerdict.Inconclusive, Compare(Service(), Service(count: 4).Goroutines(Sender, i => 30 * i)).Verdict);

    [Theory]
    [InlineData(1.05, ComparisonVerdict.Same)]
    [InlineData(1.5, ComparisonVerdict.Worse)]
    [InlineData(0.5, ComparisonVerdict.Same)]
    public void Cpu_a_request_decides_beyond_its_tolerance(double factor, ComparisonVerdict verdict)
    {
        var comparison = Compare(Service(), Service(cpuMillis: 2 * factor));
        Assert.Equal(verdict, comparison.Verdict);
        var cpu = comparison.Costs.Single(c => c.Resource == "cpu");
        Assert.Equal(0.002, cpu.Old.Value, 4);
        Assert.Equal(0.002 * factor, cpu.New.Value, 4);
    }

    [Fact]
    public void A_function_that_allocates_more_a_request_is_named()
    {
        var comparison = Compare(Service().Heap(Order, 64, i => 100 * (i + 1)), Service().Heap(Order, 64, i => 300 * (i + 1)));
        var cost = comparison.Costs.First(c => c.Resource == "alloc" && !c.IsProcess);
        Assert.Equal(("main.(*book).add", DifferenceVerdict.More), (cost.Name, cost.Verdict));
        Assert.Equal(64, cost.Old.Value, 3);
        Assert.Equal(192, cost.New.Value, 3);
    }

    // A request costs two milliseconds, a snapshot comes every five seconds.
    private static SeriesFixture Service(int count = 14, int requests = 100, double cpuMillis = 2)
    {
        var service = new SeriesFixture(count)
            .Goroutines(Idle, i => 20 + (i % 3))
            .Metric("fds", i => 30 + (i % 2))
            .Metric("threads", _ => 9)
            .Metric("cpu_seconds", i => 1 + (Math.Max(requests, 100) * i * cpuMillis / 1000) + (0.01 * (i % 2)));
        return requests > 0 ? service.Metric("requests", i => requests * i) : service;
    }

    private static SeriesComparison Compare(SeriesFixture old, SeriesFixture @new)
    {
        var (before, after) = (old.Build(), @new.Build());
        return SeriesComparer.Compare(before, after, LeakFinder.Find(before), LeakFinder.Find(after));
    }
}
