using System.Text;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;

namespace Plumb.Leaks.Tests.Diagnoses;

public sealed class LeakFinderTests
{
    private const string Sending = "runtime.gopark < runtime.chansend < runtime.chansend1 < main.(*broker).ask.func1:51";
    private const string Serving = "runtime.gopark < runtime.netpollblock < internal/poll.runtime_pollWait < net/http.(*conn).serve";

    private static SeriesFixture Leaking(int count) => new SeriesFixture(count)
        .Goroutines(Sending, i => 3 + 20 * i)
        .Goroutines(Serving, _ => 8)
        .Metric(MetricNames.Requests, i => 1000 + 20 * i);

    [Fact]
    public void A_goroutine_left_behind_per_request_is_a_leak_with_its_line()
    {
        var diagnosis = LeakFinder.Find(Leaking(12).Build());

        Assert.Equal(LeakVerdict.Leak, diagnosis.Verdict);
        var finding = Assert.Single(diagnosis.Findings);
        Assert.Equal("main.(*broker).ask", finding.Function);
        Assert.Equal("main.(*broker).ask.func1", finding.Frame!.Function);
        Assert.Equal(51, finding.Line);
        Assert.Equal("goroutine-blocked-on-send", finding.Pattern);
        Assert.Equal(["goroutine"], finding.Resources);
        Assert.Equal(1, finding.PerRequest!.Value, 3);
        Assert.Equal(4, finding.PerSecond, 3);
        Assert.True(finding.Confidence > 0.9);
    }

    [Fact]
    public void Six_snapshots_are_enough_with_less_confidence()
    {
        var short6 = LeakFinder.Find(Leaking(6).Build());
        var long20 = LeakFinder.Find(Leaking(20).Build());

        Assert.Equal(LeakVerdict.Leak, short6.Verdict);
        Assert.True(short6.Findings[0].Confidence < long20.Findings[0].Confidence);
    }

    [Fact]
    public void A_healthy_service_has_no_findings()
    {
        var series = new SeriesFixture(12)
            .Goroutines(Serving, i => 8 + i % 3)
            .Heap("main.handle", 100_000, i => 50 + i * 7 % 11)
            .Metric(MetricNames.Requests, i => 20 * i)
            .Metric(MetricNames.RssBytes, i => 5e7 + i % 4 * 1e6);

        var diagnosis = LeakFinder.Find(series.Build());

        Assert.Equal(LeakVerdict.None, diagnosis.Verdict);
        Assert.Empty(diagnosis.Findings);
    }

    [Fact]
    public void A_target_that_died_half_way_is_judged_by_what_there_is()
    {
        var series = new SeriesFixture(14) { HasProfiles = i => i < 8 }.Goroutines(Sending, i => 3 + 20 * i);

        var diagnosis = LeakFinder.Find(series.Build());

        Assert.Equal(LeakVerdict.Leak, diagnosis.Verdict);
        Assert.Equal("main.(*broker).ask", diagnosis.Findings[0].Function);
    }

    [Fact]
    public void After_a_restart_the_longest_life_is_judged_and_said_so()
    {
        var series = new SeriesFixture(16)
            .Goroutines(Sending, i => i < 4 ? 500 + i : 3 + 20 * (i - 4))
            .Metric(MetricNames.CpuSeconds, i => i < 4 ? 100 + i : i - 3);

        var diagnosis = LeakFinder.Find(series.Build());

        Assert.Equal(LeakVerdict.Leak, diagnosis.Verdict);
        Assert.Equal(12, diagnosis.Snapshots);
        Assert.Contains(diagnosis.Notes, n => n.Contains("restarted", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_few_snapshots_are_inconclusive_and_say_how_many_are_needed()
    {
        var diagnosis = LeakFinder.Find(Leaking(3).Build());

        Assert.Equal(LeakVerdict.Inconclusive, diagnosis.Verdict);
        Assert.Contains("6", diagnosis.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_snapshots_at_all_are_inconclusive()
    {
        Assert.Equal(LeakVerdict.Inconclusive, LeakFinder.Find(new SnapshotSeries([])).Verdict);
    }

    [Fact]
    public void Descriptors_and_heap_that_rise_with_goroutines_are_one_finding()
    {
        var series = Leaking(12)
            .Heap("bufio.NewReaderSize < main.(*broker).ask:49", 4096, i => 5 + 20 * i)
            .Metric("fds", i => 30 + 20 * i)
            .Metric("fds.socket", i => 20 + 20 * i);

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Equal(["goroutine", "heap", "fd"], finding.Resources);
    }

    [Fact]
    public void A_library_goroutine_is_led_back_to_the_line_that_made_the_client()
    {
        var series = new SeriesFixture(12)
            .Goroutines("runtime.gopark < runtime.selectgo < gopkg.in/redis%2ev5/internal/pool.(*ConnPool).reaper", i => 10 * i)
            .Heap("bufio.NewReaderSize < gopkg.in/redis%2ev5/internal/pool.NewConn < gopkg.in/redis%2ev5.(*Client).Get < main.loadUser:44", 4096, i => 10 * i)
            .Heap("gopkg.in/redis%2ev5/internal/pool.NewConnPool < gopkg.in/redis%2ev5.NewClient < main.loadUser:37", 500, i => 10 * i);

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Equal(("main.loadUser", 37, "redis-client-per-request"), (finding.Function, finding.Line, finding.Pattern));
        Assert.Equal("main.loadUser", finding.Stack[0].Function);
        Assert.Equal("gopkg.in/redis.v5/internal/pool.NewConnPool", finding.Stack[^1].Function);
    }

    [Fact]
    public void Two_defects_are_two_findings()
    {
        var series = Leaking(12).Heap("main.(*store).remember:12", 9000, i => 37 * i / 5);

        var functions = LeakFinder.Find(series.Build()).Findings.Select(f => f.Function);

        Assert.Equal(["main.(*broker).ask", "main.(*store).remember"], functions.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_functions_that_wait_for_each_other_are_one_finding_with_both_ends()
    {
        var series = new SeriesFixture(12)
            .Goroutines("sync.runtime_SemacquireMutex < sync.(*Mutex).lockSlow < main.payIn:10", i => 10 * i)
            .Goroutines("sync.runtime_SemacquireMutex < sync.(*Mutex).lockSlow < main.payOut:20", i => 10 * i);

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Equal("mutex-never-unlocked", finding.Pattern);
        Assert.Equal(["main.payIn", "main.payOut"], finding.OtherEnds.Select(f => f.Function).Append(finding.Function).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Descriptors_that_rise_without_any_stack_are_not_hidden()
    {
        var series = new SeriesFixture(12).Goroutines(Serving, _ => 8).Metric("fds", i => 30 + 10 * i).Metric("fds_limit", _ => 1024);

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Equal(["fd"], finding.Resources);
        Assert.Equal("(unknown)", finding.Function);
        Assert.Equal("descriptor limit", finding.Forecast!.LimitName);
        Assert.Equal((1024 - 140) / 2.0, finding.Forecast.TimeToLimit.TotalSeconds, 3);
    }

    [Fact]
    public void Resident_memory_alone_is_suspicious_at_most()
    {
        var series = new SeriesFixture(12).Goroutines(Serving, _ => 8).Metric(MetricNames.RssBytes, i => 5e7 + 5e6 * i);

        Assert.Equal(LeakVerdict.Suspicious, LeakFinder.Find(series.Build()).Verdict);
    }

    [Fact]
    public void The_forecast_leaves_the_collector_its_headroom()
    {
        var series = new SeriesFixture(12)
            .Heap("main.keep:3", 1_000_000, i => 10 + i)
            .Metric(MetricNames.MemoryLimitBytes, _ => 2e9);

        var forecast = LeakFinder.Find(series.Build()).Forecast!;

        Assert.Equal(1e9, forecast.Limit);
        Assert.Equal((1e9 - 21e6) / 2e5, forecast.TimeToLimit.TotalSeconds, 0);
    }

    [Fact]
    public void One_dump_with_hundreds_that_have_waited_for_minutes_is_suspicious()
    {
        var diagnosis = LeakFinder.Find(new SeriesFixture(1).Dump(0, Dump(400, i => 10 - i / 40)).Build());

        var finding = Assert.Single(diagnosis.Findings);
        Assert.Equal(LeakVerdict.Suspicious, diagnosis.Verdict);
        Assert.Equal(("main.(*broker).ask", "goroutine-blocked-on-send"), (finding.Function, finding.Pattern));
        Assert.InRange(finding.Confidence, 0.5, 0.7);
    }

    [Fact]
    public void One_dump_with_thousands_that_came_over_time_is_a_leak()
    {
        Assert.Equal(LeakVerdict.Leak, LeakFinder.Find(new SeriesFixture(1).Dump(0, Dump(2000, i => 20 - i / 100)).Build()).Verdict);
    }

    [Fact]
    public void One_dump_with_a_dozen_stuck_senders_that_came_one_by_one_is_suspicious()
    {
        Assert.Equal(LeakVerdict.Suspicious, LeakFinder.Find(new SeriesFixture(1).Dump(0, Dump(12, i => 30 - 2 * i)).Build()).Verdict);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(400)]
    public void One_dump_with_workers_that_wait_for_work_is_no_leak(int workers)
    {
        var diagnosis = LeakFinder.Find(new SeriesFixture(1).Dump(0, Dump(workers, i => 1 + i * 7919 % 30, state: "chan receive")).Build());

        Assert.Empty(diagnosis.Findings);
    }

    [Fact]
    public void One_dump_with_idle_connections_is_silent()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 500; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"goroutine {i + 20} [IO wait, {1 + (499 - i) / 60} minutes]:\ninternal/poll.runtime_pollWait()\n\t/go/src/internal/poll/fd.go:1 +0x1\n");
            text.Append("net/http.(*conn).serve()\n\t/go/src/net/http/server.go:1991 +0x1\ncreated by net/http.(*Server).Serve\n\t/go/src/net/http/server.go:3102 +0x1\n\n");
        }

        var diagnosis = LeakFinder.Find(new SeriesFixture(1).Dump(0, text.ToString()).Build());

        Assert.Equal((LeakVerdict.None, 0), (diagnosis.Verdict, diagnosis.Findings.Count));
    }

    [Fact]
    public void What_got_stuck_before_the_first_snapshot_is_suspicious_though_nothing_rises_any_more()
    {
        var series = new SeriesFixture(12).Goroutines(Sending, _ => 20);
        foreach (var i in (int[])[0, 6, 11]) series.Dump(i, Dump(20, g => 30 - g + i));

        var diagnosis = LeakFinder.Find(series.Build());

        Assert.Equal(LeakVerdict.Suspicious, diagnosis.Verdict);
        Assert.Equal("main.(*broker).ask", Assert.Single(diagnosis.Findings).Function);
        Assert.Contains("20 goroutines and no more of late", diagnosis.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_goroutine_profile_names_the_crowd_but_cannot_tell()
    {
        var diagnosis = LeakFinder.Find(new SeriesFixture(1).Goroutines(Sending, _ => 400).Build());

        Assert.Equal(LeakVerdict.Inconclusive, diagnosis.Verdict);
        Assert.Contains("main.(*broker).ask", diagnosis.Reason, StringComparison.Ordinal);
        Assert.Contains("debug=2", diagnosis.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_heap_profile_cannot_tell_and_says_what_is_missing()
    {
        var diagnosis = LeakFinder.Find(new SeriesFixture(1).Heap("main.(*store).remember:12", 9000, _ => 40_000).Build());

        Assert.Equal(LeakVerdict.Inconclusive, diagnosis.Verdict);
        Assert.Contains("main.(*store).remember", diagnosis.Reason, StringComparison.Ordinal);
        Assert.Contains("series", diagnosis.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_dump_with_goroutines_that_only_just_began_to_wait_is_inconclusive()
    {
        Assert.Equal(LeakVerdict.Inconclusive, LeakFinder.Find(new SeriesFixture(1).Dump(0, Dump(400, _ => 0)).Build()).Verdict);
    }

    [Fact]
    public void Goroutines_with_new_ids_in_every_dump_are_work_in_progress()
    {
        var series = new SeriesFixture(12).Goroutines(Sending, i => 20 + 10 * i);
        foreach (var i in (int[])[0, 6, 11]) series.Dump(i, Dump(20 + 10 * i, _ => 0, firstId: 1000 + 1000 * i));

        Assert.Equal(LeakVerdict.None, LeakFinder.Find(series.Build()).Verdict);
    }

    [Fact]
    public void What_the_collector_proved_stuck_is_a_leak_at_once()
    {
        var diagnosis = LeakFinder.Find(new SeriesFixture(2).Goroutines(Sending, _ => 3).Proven(Sending, 3).Build());

        Assert.Equal(LeakVerdict.Leak, diagnosis.Verdict);
        Assert.Equal("main.(*broker).ask", Assert.Single(diagnosis.Findings).Function);
    }

    [Fact]
    public void Handlers_stuck_behind_a_dry_pool_are_victims()
    {
        var series = new SeriesFixture(12).Goroutines("runtime.gopark < runtime.selectgo < database/sql.(*DB).conn < database/sql.(*DB).QueryContext < main.find:8 < net/http.(*conn).serve", i => 10 * i);

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Equal("sql-pool-exhausted", finding.Pattern);
        Assert.Equal(["main.find"], finding.Victims.Select(v => v.Function));
    }

    [Fact]
    public void The_same_series_gives_the_same_answer()
    {
        static string Text(Diagnosis d) => string.Join("\n", d.Findings.Select(f => $"{f.Function} {f.Line} {f.Confidence:R} {f.PerSecond:R}"));

        Assert.Equal(Text(LeakFinder.Find(Leaking(12).Build())), Text(LeakFinder.Find(Leaking(12).Build())));
    }

    private static string Dump(int count, Func<int, int> minutes, int firstId = 10, string state = "chan send")
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var wait = minutes(i) > 0 ? $", {minutes(i)} minutes" : "";
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"goroutine {firstId + i} [{state}{wait}]:\n");
            text.Append("main.(*broker).ask.func1()\n\t/src/broker.go:51 +0x25\ncreated by main.(*broker).ask\n\t/src/broker.go:49 +0x1a\n\n");
        }

        return text.ToString();
    }

    [Fact]
    public void Lines_of_one_function_are_judged_together_where_none_has_enough_samples()
    {
        // Steps that each line takes by turns are no trend of any one of them.
        var series = new SeriesFixture(12)
            .Heap("main.(*pages).render:105", 1_000_000, i => i / 3)
            .Heap("main.(*pages).render:106", 1_000_000, i => (i + 1) / 3)
            .Heap("main.(*pages).render:108", 1_000_000, i => (i + 2) / 3)
            .Metric(MetricNames.RssBytes, i => 5e7 + 1.1e6 * i);

        Assert.Equal("main.(*pages).render", Assert.Single(LeakFinder.Find(series.Build()).Findings).Function);
    }

    [Fact]
    public void Sockets_of_connections_that_wait_for_their_next_request_are_no_leak_of_their_own()
    {
        var series = new SeriesFixture(16)
            .Goroutines("internal/poll.runtime_pollWait < net/http.(*connReader).Read < net/http.(*conn).serve", i => i < 5 ? 1 : i < 12 ? 3 : i < 13 ? 7 : 8)
            .Metric("fds.socket", i => i < 5 ? 3 : i < 12 ? 5 : i < 13 ? 9 : 10)
            .Metric(MetricNames.Requests, i => i / 4 * 300 + i % 4 * 20);

        Assert.Equal(LeakVerdict.None, LeakFinder.Find(series.Build()).Verdict);
    }
}
