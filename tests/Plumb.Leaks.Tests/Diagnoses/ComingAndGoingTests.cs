using Plumb.Leaks.Diagnoses;

namespace Plumb.Leaks.Tests.Diagnoses;

public sealed class ComingAndGoingTests
{
    private const string Selecting = "runtime.gopark < runtime.selectgo < main.follow:9";
    private const string Reading = "runtime.gopark < runtime.netpollblock < main.serve:9";

    private static string Dump(string state, string function, IEnumerable<int> ids) =>
        string.Concat(ids.Select(id => $"goroutine {id} [{state}]:\n{function}(0x1)\n\t/src/broker.go:9 +0x1\ncreated by main.main\n\t/src/broker.go:2 +0x1\n\n"));

    [Fact]
    public void More_streams_of_which_none_stays_are_no_leak()
    {
        var series = new SeriesFixture(12).Goroutines(Selecting, i => 30 + 3 * i)
            .Dump(0, Dump("select", "main.follow", Enumerable.Range(100, 30)))
            .Dump(6, Dump("select", "main.follow", Enumerable.Range(1000, 48)))
            .Dump(11, Dump("select", "main.follow", Enumerable.Range(1040, 63)));

        Assert.NotEqual(LeakVerdict.Leak, LeakFinder.Find(series.Build()).Verdict);
    }

    [Fact]
    public void Streams_that_all_stay_are_one()
    {
        var series = new SeriesFixture(12).Goroutines(Selecting, i => 30 + 3 * i)
            .Dump(0, Dump("select", "main.follow", Enumerable.Range(100, 30)))
            .Dump(6, Dump("select", "main.follow", Enumerable.Range(100, 48)))
            .Dump(11, Dump("select", "main.follow", Enumerable.Range(100, 63)));

        Assert.Equal(LeakVerdict.Leak, LeakFinder.Find(series.Build()).Verdict);
    }

    [Theory]
    [InlineData(0, LeakVerdict.Leak)]
    [InlineData(7, LeakVerdict.Suspicious)]
    public void Six_points_are_enough_where_more_come_evenly_and_none_leaves(int left, LeakVerdict expected)
    {
        var series = new SeriesFixture(6).Goroutines(Selecting, i => 4 + 8 * i)
            .Dump(0, Dump("select", "main.follow", Enumerable.Range(100, 4)))
            .Dump(3, Dump("select", "main.follow", Enumerable.Range(100, 28)))
            .Dump(5, Dump("select", "main.follow", Enumerable.Range(100 + left, 44)));

        Assert.Equal(expected, LeakFinder.Find(series.Build()).Verdict);
    }

    [Theory]
    [InlineData(8, 100)]
    [InlineData(12, 10)]
    public void Clients_that_connect_one_after_the_other_are_suspicious_at_most_while_few_or_until_they_stop(int count, int last)
    {
        var series = new SeriesFixture(count).Goroutines(Reading, i => 3 + 20 * Math.Min(i, last));

        Assert.NotEqual(LeakVerdict.Leak, LeakFinder.Find(series.Build()).Verdict);
    }

    [Fact]
    public void Connections_that_still_become_more_after_a_dozen_points_are_a_leak_though_not_a_sure_one()
    {
        var finding = Assert.Single(LeakFinder.Find(new SeriesFixture(12).Goroutines(Reading, i => 3 + 20 * i).Build()).Findings);

        Assert.Equal(LeakVerdict.Leak, finding.Verdict);
        Assert.True(finding.Confidence <= 0.8);
    }
}
