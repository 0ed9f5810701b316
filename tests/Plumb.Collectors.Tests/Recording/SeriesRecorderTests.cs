using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;

namespace Plumb.Collectors.Tests.Recording;

public sealed class SeriesRecorderTests
{
    private static readonly byte[] s_profile = Gzip.Of("a profile");

    // Only a clock that a test moves comes to it.
    private static readonly TargetLimits s_limits = new() { Deadline = TimeSpan.FromMinutes(5) };

    private static readonly RecordingPlan s_quick = new(TimeSpan.FromMilliseconds(100), snapshots: 7);

    [Fact]
    public async Task A_series_has_the_snapshots_of_its_plan_at_their_times()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => s_profile);
        List<Capture> captures = await RecordAsync(server, s_quick);
        Assert.Equal(Enumerable.Range(0, 7), captures.Select(capture => capture.Sequence));
        Assert.All(captures, capture => Assert.True(capture.HasProfile));
        Assert.Equal([0, 100, 200, 300, 400, 500, 600], captures.Select(capture => (capture.At - captures[0].At).TotalMilliseconds));
    }

    [Fact]
    public async Task The_world_is_stopped_for_a_text_at_the_first_the_middle_and_the_last_only()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => s_profile);
        List<Capture> captures = await RecordAsync(server, s_quick);
        Assert.Equal([0, 3, 6], captures.Where(capture => capture.GoroutineText is not null).Select(capture => capture.Sequence));
        Assert.Equal(3, server.Requests.Count(path => path.EndsWith("debug=2", StringComparison.Ordinal)));
        Assert.Equal(7, server.Requests.Count(path => path.EndsWith("heap?gc=1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_text_that_failed_is_asked_for_again()
    {
        int texts = 0;
        await using LoopbackServer server = LoopbackServer.Of(path =>
            path.EndsWith("debug=2", StringComparison.Ordinal) && ++texts == 1 ? null : s_profile);
        List<Capture> captures = await RecordAsync(server, s_quick);
        Assert.Equal([1, 3, 6], captures.Where(capture => capture.GoroutineText is not null).Select(capture => capture.Sequence));
    }

    [Fact]
    public async Task What_the_collector_proves_is_asked_for_twice_with_each_text_and_the_second_answer_counts()
    {
        int asked = 0;
        await using LoopbackServer server = LoopbackServer.Of(path =>
            path.EndsWith("goroutineleak", StringComparison.Ordinal) ? Gzip.Of(++asked % 2 == 1 ? "a part" : "all") : s_profile);
        List<Capture> captures = await RecordAsync(server, s_quick);
        Assert.Equal([0, 3, 6], captures.Where(capture => capture.GoroutineLeak is not null).Select(capture => capture.Sequence));
        Assert.Equal(6, asked);
        Assert.All(captures.Select(capture => capture.GoroutineLeak).OfType<ReadOnlyMemory<byte>>(), bytes => Assert.Equal(Gzip.Of("all"), bytes.ToArray()));
    }

    [Fact]
    public async Task A_runtime_without_proofs_is_asked_once_and_no_fault_is_noted()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path.EndsWith("goroutineleak", StringComparison.Ordinal) ? null : s_profile);
        List<Capture> captures = await RecordAsync(server, s_quick);
        Assert.Single(server.Requests, path => path.EndsWith("goroutineleak", StringComparison.Ordinal));
        Assert.All(captures, capture => Assert.Empty(capture.Notes));
    }

    [Fact]
    public async Task A_target_that_has_a_heap_but_no_goroutines_is_recorded()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path.Contains("/goroutine", StringComparison.Ordinal) ? null : s_profile);
        List<Capture> captures = await RecordAsync(server, s_quick);
        Assert.Equal(7, captures.Count);
        Assert.All(captures, capture => Assert.NotNull(capture.Heap));
    }

    [Fact]
    public async Task A_part_that_fails_costs_only_itself_and_is_noted()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path.Contains("/heap", StringComparison.Ordinal) ? null : s_profile);
        List<Capture> captures = await RecordAsync(server, s_quick);
        Assert.Equal(7, captures.Count);
        Assert.All(captures, capture => Assert.Null(capture.Heap));
        Assert.All(captures, capture => Assert.NotNull(capture.Goroutine));
        Assert.All(captures, capture => Assert.Contains(capture.Notes, note => note.Contains("status 404", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_target_that_dies_half_way_leaves_what_came_before()
    {
        LoopbackServer? server = null;
        int heaps = 0;
        server = new LoopbackServer(async (path, stream, stop) =>
        {
            if (path.Contains("/heap", StringComparison.Ordinal) && Interlocked.Increment(ref heaps) == 4)
            {
                server!.Die();
                return;
            }

            await LoopbackServer.SendAsync(stream, "200 OK", "application/octet-stream", s_profile, stop);
        });
        await using (server)
        {
            List<Capture> captures = await RecordAsync(server, new RecordingPlan(TimeSpan.FromMilliseconds(100), snapshots: 50));
            Assert.Equal([0, 1, 2], captures.Where(capture => capture.HasProfile).Select(capture => capture.Sequence));
            Assert.Equal(3 + SeriesRecorder.MaxFailedInARow, captures.Count);
            Assert.All(captures.Skip(3), capture => Assert.NotEmpty(capture.Notes));
        }
    }

    [Fact]
    public async Task A_target_that_begins_to_hang_is_given_up_in_bounded_time()
    {
        var patience = new HeldTime();
        int requests = 0;
        await using var server = new LoopbackServer((_, stream, stop) => Interlocked.Increment(ref requests) > 8
            ? HangAsync(patience, stop)
            : LoopbackServer.SendAsync(stream, "200 OK", "application/octet-stream", s_profile, stop));
        List<Capture> captures = await RecordAsync(server, new RecordingPlan(TimeSpan.FromMilliseconds(100), snapshots: 1000), patience: patience);
        // One answer finds the target, five are the first snapshot's, two the second's.
        Assert.Equal(2, captures.Count(capture => capture.HasProfile));
        // Two parts of each of the snapshots that then fail.
        Assert.Equal(2 * SeriesRecorder.MaxFailedInARow * s_limits.Deadline, patience.Elapsed);
        Assert.Contains(captures[^1].Notes, note => note.Contains("no complete answer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("500 Internal Server Error", "text/plain")]
    [InlineData("200 OK", "text/html")]
    public async Task A_target_that_recovers_is_taken_up_again(string status, string mediaType)
    {
        int requests = 0;
        await using var server = new LoopbackServer((_, stream, stop) => Interlocked.Increment(ref requests) is > 5 and <= 9
            ? LoopbackServer.SendAsync(stream, status, mediaType, "sorry"u8.ToArray(), stop)
            : LoopbackServer.SendAsync(stream, "200 OK", "application/octet-stream", s_profile, stop));
        List<Capture> captures = await RecordAsync(server, s_quick);
        Assert.Equal(7, captures.Count);
        Assert.InRange(captures.Count(capture => capture.HasProfile), 4, 6);
        Assert.True(captures[^1].HasProfile);
    }

    [Fact]
    public async Task Being_cancelled_ends_the_series_with_what_was_taken()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => s_profile);
        using var cancel = new CancellationTokenSource();
        List<Capture> captures = await RecordAsync(
            server,
            new RecordingPlan(TimeSpan.FromMilliseconds(100), snapshots: 1000),
            taken: capture =>
            {
                if (capture.Sequence == 3)
                {
                    cancel.Cancel();
                }
            },
            cancellationToken: cancel.Token);
        Assert.Equal([0, 1, 2, 3], captures.Select(capture => capture.Sequence));
    }

    [Fact]
    public async Task Snapshots_that_a_slow_one_ran_over_are_left_out_but_not_the_last()
    {
        var time = new VirtualTime();
        int heaps = 0;
        await using LoopbackServer server = LoopbackServer.Of(path =>
        {
            if (path.Contains("/heap", StringComparison.Ordinal))
            {
                // The second snapshot takes 350 ms, the last but one far beyond the end of the plan.
                time.Advance(TimeSpan.FromMilliseconds(++heaps switch { 2 => 350, 4 => 5000, _ => 0 }));
            }

            return s_profile;
        });
        List<Capture> captures = await RecordAsync(server, new RecordingPlan(TimeSpan.FromMilliseconds(100), snapshots: 9), time: time);
        Assert.Equal([0, 1, 4, 5, 8], captures.Select(capture => capture.Sequence));
    }

    [Fact]
    public async Task Metrics_come_from_the_metrics_page_when_the_service_has_one()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path == "/metrics"
            ? "http_requests_total 17\nprocess_resident_memory_bytes 1.5e7\nprocess_open_fds 9\ngo_goroutines 33\ngo_threads 5\nx{y=\"z\"} 1\n"u8.ToArray()
            : s_profile);
        List<Capture> captures = await RecordAsync(server, s_quick, withPage: true);
        Assert.Equal(
            new Dictionary<string, double> { ["requests"] = 17, ["rss_bytes"] = 15_000_000, ["fds"] = 9, ["go_goroutines"] = 33, ["go_threads"] = 5, ["threads"] = 5 },
            captures[0].Metrics);
    }

    [Fact]
    public async Task A_service_without_a_metrics_page_is_asked_for_it_once()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path == "/metrics" ? null : s_profile);
        List<Capture> captures = await RecordAsync(server, s_quick, withPage: true);
        Assert.Equal(1, server.Requests.Count(path => path == "/metrics"));
        Assert.All(captures, capture => Assert.Empty(capture.Notes));
    }

    [Fact]
    public async Task A_metrics_page_that_hangs_is_waited_for_once()
    {
        var patience = new HeldTime();
        await using var server = new LoopbackServer((path, stream, stop) => path == "/metrics"
            ? HangAsync(patience, stop)
            : LoopbackServer.SendAsync(stream, "200 OK", "application/octet-stream", s_profile, stop));
        List<Capture> captures = await RecordAsync(server, s_quick, withPage: true, patience: patience);
        Assert.Equal(7, captures.Count(capture => capture.HasProfile));
        Assert.Equal(1, server.Requests.Count(path => path == "/metrics"));
    }

    [Fact]
    public async Task Process_metrics_follow_a_service_that_is_restarted()
    {
        using ProcFixture proc = new ProcFixture()
            .Tcp(ProcFixture.Row("0100007F:17AC", state: 10, inode: 900))
            .Process(42, startTicks: 5000, descriptors: ["socket:[900]", "/tmp/x"]);
        var source = new ProcessMetricsSource(proc.Folder, [System.Net.IPAddress.Loopback], 6060);
        MetricsReading before = await source.ReadAsync(CancellationToken.None);
        proc.End(42).Process(43, startTicks: 9000, descriptors: ["socket:[900]"]);
        MetricsReading after = await source.ReadAsync(CancellationToken.None);
        Assert.Equal((2.0, 1.0), (before.Values["fds"], after.Values["fds"]));
        Assert.Equal(1.0, before.Values["fds.file"]);
        Assert.Equal(1.0, before.Values["tcp.LISTEN"]);
        Assert.Equal(40, after.Values["start_time_seconds"] - before.Values["start_time_seconds"]);
        Assert.Contains(after.Notes, note => note.Contains("process 42 has ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_source_that_knows_a_figure_is_believed()
    {
        var combined = new CombinedMetricsSource([
            new FixedSource(new Dictionary<string, double> { ["fds"] = 1 }),
            new FixedSource(new Dictionary<string, double> { ["fds"] = 2, ["threads"] = 3 })]);
        MetricsReading reading = await combined.ReadAsync(CancellationToken.None);
        Assert.Equal((1.0, 3.0), (reading.Values["fds"], reading.Values["threads"]));
    }

    [Fact]
    public void A_plan_needs_two_snapshots_and_an_interval()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecordingPlan(TimeSpan.FromSeconds(1), snapshots: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecordingPlan(TimeSpan.Zero, snapshots: 5));
        Assert.Equal(TimeSpan.FromSeconds(60), new RecordingPlan(TimeSpan.FromSeconds(5), snapshots: 13).Duration);
    }

    private static async Task<List<Capture>> RecordAsync(
        LoopbackServer server,
        RecordingPlan plan,
        bool withPage = false,
        VirtualTime? time = null,
        HeldTime? patience = null,
        Action<Capture>? taken = null,
        CancellationToken cancellationToken = default)
    {
        Assert.True(TargetAddress.TryParse(server.Url, out TargetAddress? address, out _));
        TargetSearch search = await HttpTarget.FindAsync(address, s_limits, patience ?? TimeProvider.System, CancellationToken.None);
        using HttpTarget target = Assert.IsType<TargetFound>(search).Target;
        IMetricsSource metrics = withPage ? new PrometheusMetricsSource(target, new Uri(server.Url + "/metrics")) : new CombinedMetricsSource([]);
        List<Capture> captures = [];
        await foreach (Capture capture in new SeriesRecorder(target, metrics, time ?? new VirtualTime()).CaptureAsync(plan, cancellationToken))
        {
            taken?.Invoke(capture);
            captures.Add(capture);
        }

        return captures;
    }

    private static Task HangAsync(HeldTime patience, CancellationToken stop)
    {
        patience.Advance(s_limits.Deadline);
        return Task.Delay(Timeout.Infinite, stop);
    }

    private sealed class FixedSource : IMetricsSource
    {
        private readonly Dictionary<string, double> _values;

        public FixedSource(Dictionary<string, double> values) => _values = values;

        public Task<MetricsReading> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(new MetricsReading(_values, []));
    }
}
