using System.Globalization;
using System.Text;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;

namespace Plumb.Leaks.Tests.Diagnoses;

/// <summary>A goroutine that does one job after the other is found at the same stack again without having stayed there.</summary>
public sealed class ReusedGoroutineTests
{
    private const int Snapshots = 21;
    private const string Waiting = "runtime.gopark < runtime.chanrecv < runtime.chanrecv1 < main.resize:38";

    [Fact]
    public void Connections_that_are_busy_again_under_more_traffic_are_not_called_a_leak()
    {
        const string connection = "net/http.(*conn).serve()\n\t/usr/lib/go-1.19/src/net/http/server.go:1991 +0x1\n";
        var series = UnderGrowingTraffic($"{Waiting} < net/http.(*conn).serve:1991");
        foreach (var i in (int[])[0, 10, 20]) series.Dump(i, Dump(Busy(i), Busy(i), n => 10 + 10 * n, connection));

        Assert.Equal(LeakVerdict.Inconclusive, LeakFinder.Find(series.Build()).Verdict);
    }

    [Fact]
    public void Connections_that_are_busy_at_one_line_or_another_under_more_traffic_are_not_called_a_leak()
    {
        const string connection = "net/http.(*conn).serve()\n\t/usr/lib/go-1.19/src/net/http/server.go:1991 +0x1\n";
        var series = new SeriesFixture(Snapshots)
            .Goroutines($"{Waiting} < net/http.(*conn).serve:1991", i => i % 2 == 0 ? Busy(i) : 2)
            .Goroutines($"{Waiting.Replace("38", "44", StringComparison.Ordinal)} < net/http.(*conn).serve:1991", i => i % 2 == 0 ? 2 : Busy(i))
            .Metric(MetricNames.Requests, i => 20 * i + 4 * i * i);
        foreach (var i in (int[])[0, 10, 20]) series.Dump(i, Dump(Busy(i), Busy(i), n => 10 + 10 * n, connection));

        Assert.NotEqual(LeakVerdict.Leak, LeakFinder.Find(series.Build()).Verdict);
    }

    [Fact]
    public void Workers_that_are_busy_again_under_more_traffic_are_not_called_a_leak()
    {
        var series = UnderGrowingTraffic(Waiting);
        foreach (var i in (int[])[0, 10, 20]) series.Dump(i, Dump(Busy(i), 100, n => 10 + n, ""));

        Assert.NotEqual(LeakVerdict.Leak, LeakFinder.Find(series.Build()).Verdict);
    }

    [Fact]
    public void Goroutines_that_stay_are_a_leak_under_more_traffic_too()
    {
        var series = UnderGrowingTraffic(Waiting);
        foreach (var i in (int[])[0, 10, 20]) series.Dump(i, Dump(Busy(i), Busy(i), n => 10 + 10 * n, ""));

        Assert.Equal(LeakVerdict.Leak, LeakFinder.Find(series.Build()).Verdict);
    }

    private static int Busy(int snapshot) => 4 + 2 * snapshot;

    private static SeriesFixture UnderGrowingTraffic(string stack) => new SeriesFixture(Snapshots)
        .Goroutines(stack, i => Busy(i))
        .Metric(MetricNames.Requests, i => 20 * i + 4 * i * i);

    /// <summary>As many goroutines as there are, the first of them at work.</summary>
    private static string Dump(int busy, int all, Func<int, int> id, string root)
    {
        var text = new StringBuilder();
        for (var i = 0; i < all; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"goroutine {id(i)} [chan receive]:\n");
            text.Append(i < busy ? "main.resize()\n\t/src/broker.go:38 +0x1\n" : "main.idle()\n\t/src/broker.go:9 +0x1\n");
            text.Append(CultureInfo.InvariantCulture, $"{root}created by main.main\n\t/src/broker.go:5 +0x1\n\n");
        }

        return text.ToString();
    }
}
