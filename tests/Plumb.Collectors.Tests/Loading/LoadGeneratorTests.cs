using System.Diagnostics;
using Plumb.Collectors.Loading;

namespace Plumb.Collectors.Tests.Loading;

public sealed class LoadGeneratorTests
{
    [Fact]
    public async Task The_asked_number_of_requests_is_sent_at_the_asked_rate_over_kept_connections()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => "ok"u8.ToArray());
        var clock = Stopwatch.StartNew();
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), 200) { MaxRequests = 200, Connections = 8 });
        // 200 requests are 199 gaps of 5 ms; that none comes late is tested without a real clock.
        Assert.True(clock.Elapsed.TotalSeconds > 0.95, $"200 requests in {clock.Elapsed}");
        Assert.Equal(200, report[LoadOutcome.Success]);
        Assert.Equal(200, report.Ended);
        Assert.Equal(200, server.Requests.Count);
        Assert.Equal(8, server.Connections);
        Assert.Equal(200, report.Latencies.Count);
    }

    [Theory]
    [InlineData(500, 1500)]
    [InlineData(7, 50)]
    public async Task Each_request_is_sent_at_the_moment_at_which_it_is_due(double rate, int requests)
    {
        var time = new VirtualTime();
        List<TimeSpan> arrivals = [];
        await using LoopbackServer server = LoopbackServer.Of(_ =>
        {
            arrivals.Add(time.Elapsed);
            return "ok"u8.ToArray();
        });
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), rate) { MaxRequests = requests, Connections = 1 }, time);
        Assert.Equal(requests, arrivals.Count);
        // Timers are set in whole milliseconds; what one rounds off is not handed on to the next request.
        Assert.All(arrivals, (at, index) => Assert.Equal(index / rate, at.TotalSeconds, 1.1e-3));
        Assert.Equal((requests - 1) / rate, report.Elapsed.TotalSeconds, 1.1e-3);
        Assert.Equal(requests / report.Elapsed.TotalSeconds, report.RatePerSecond, 1e-6);
    }

    [Fact]
    public async Task All_connections_are_there_from_the_first_request_on_and_none_is_added_when_the_service_is_slow()
    {
        // A pool that grew with each stall would look like a leak of connections in the service that is being judged.
        var connectionsAtRequests = new System.Collections.Concurrent.ConcurrentQueue<long>();
        LoadGenerator? asked = null;
        await using var server = new LoopbackServer(async (_, stream, stop) =>
        {
            // As the generator counts them: the server may have been connected to and not have looked yet.
            connectionsAtRequests.Enqueue(asked!.Report.ConnectionsOpened);
            await Task.Delay(connectionsAtRequests.Count % 20 == 0 ? 200 : 1, stop);
            await LoopbackServer.SendAsync(stream, "200 OK", "text/plain", "ok"u8.ToArray(), stop);
        });
        using var load = new LoadGenerator(new LoadOptions(new Uri(server.Url), 100) { MaxRequests = 100, Connections = 6 }, TimeProvider.System);
        asked = load;
        await load.RunAsync(CancellationToken.None);
        Assert.Equal(100, connectionsAtRequests.Count);
        Assert.All(connectionsAtRequests, open => Assert.Equal(6, open));
        Assert.Equal(6, server.Connections);
    }

    [Fact]
    public async Task A_duration_ends_the_load()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => "ok"u8.ToArray());
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), 100) { Duration = TimeSpan.FromSeconds(0.5) });
        Assert.Equal(50, report.Ended);
    }

    [Fact]
    public async Task A_service_that_stalls_shows_the_wait_of_the_requests_behind_the_stall()
    {
        // One connection, 100 requests a second, each answered at once but for one that takes 500 ms: the ~50 requests that were due
        // meanwhile waited too, half of them more than 250 ms. A client that counts from sending would report one slow request.
        int served = 0;
        await using var server = new LoopbackServer(async (_, stream, stop) =>
        {
            if (Interlocked.Increment(ref served) == 10)
            {
                await Task.Delay(500, stop);
            }

            await LoopbackServer.SendAsync(stream, "200 OK", "text/plain", "ok"u8.ToArray(), stop);
        });
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), 100) { MaxRequests = 100, Connections = 1 });
        Assert.Equal(100, report[LoadOutcome.Success]);
        Assert.True(report.Latencies.Quantile(0.8) > TimeSpan.FromMilliseconds(150), $"p80 is {report.Latencies.Quantile(0.8)}");
    }

    [Fact]
    public async Task What_is_due_but_not_begun_is_told_as_late()
    {
        var time = new HeldTime();
        using var cancel = new CancellationTokenSource();
        int asked = 0;
        await using var server = new LoopbackServer((_, _, stop) =>
        {
            // The first request keeps one connection, the second, due 10 ms later, the other; then half a second passes.
            bool both = Interlocked.Increment(ref asked) == 2;
            time.Advance(TimeSpan.FromMilliseconds(both ? 490 : 10));
            return both ? cancel.CancelAsync() : Task.Delay(Timeout.Infinite, stop);
        });
        using var load = new LoadGenerator(new LoadOptions(new Uri(server.Url), 100) { Connections = 2 }, time);
        await load.RunAsync(cancel.Token);
        // 51 were due in half a second, the first at once.
        Assert.Equal((49, 0), (load.Report.Late, load.Report.Ended));
    }

    [Fact]
    public async Task Errors_are_told_by_kind()
    {
        int served = 0;
        await using var server = new LoopbackServer((_, stream, stop) => (Interlocked.Increment(ref served) % 4) switch
        {
            0 => LoopbackServer.SendAsync(stream, "500 Oops", "text/plain", [], stop),
            1 => LoopbackServer.SendAsync(stream, "404 Not Found", "text/plain", [], stop),
            2 => LoopbackServer.SendAsync(stream, "302 Found", "text/plain", [], stop, "Location: http://192.0.2.1/\r\n"),
            _ => LoopbackServer.SendAsync(stream, "200 OK", "text/plain", [], stop),
        });
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), 500) { MaxRequests = 100 });
        Assert.Equal((25, 25, 50), (report[LoadOutcome.ServerError], report[LoadOutcome.ClientError], report[LoadOutcome.Success]));
        Assert.Equal(50, report.Errors);
    }

    [Fact]
    public async Task Hanging_requests_time_out_and_count_as_having_reached_the_service()
    {
        var time = new HeldTime();
        int asked = 0;
        await using var server = new LoopbackServer((_, _, stop) =>
        {
            if (Interlocked.Increment(ref asked) == 10)
            {
                time.Advance(TimeSpan.FromMinutes(2));
            }

            return Task.Delay(Timeout.Infinite, stop);
        });
        LoadReport report = await RunAsync(
            new LoadOptions(new Uri(server.Url), null) { MaxRequests = 10, Connections = 10, RequestTimeout = TimeSpan.FromMinutes(1) }, time);
        Assert.Equal(10, report[LoadOutcome.Timeout]);
        Assert.Equal(10, report.Reached);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        await using var server = new LoopbackServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
            while (true)
            {
                await stream.WriteAsync(new byte[64 << 10], stop);
            }
        });
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), 100) { MaxRequests = 3, MaxBodyBytes = 1 << 20 });
        Assert.Equal(3, report[LoadOutcome.TooLong]);
    }

    [Fact]
    public async Task A_dead_service_is_told_and_does_not_look_fast()
    {
        using var closed = new ClosedPort();
        LoadReport report = await RunAsync(new LoadOptions(new Uri(closed.Url), 200) { MaxRequests = 20 });
        Assert.Equal(20, report[LoadOutcome.Refused]);
        Assert.Equal(0, report.Reached);
        Assert.Null(report.Latencies.Quantile(0.95));
    }

    [Theory]
    [InlineData("http://192.0.2.1/")]
    [InlineData("http://no-such-host.invalid/")]
    public async Task Another_host_is_not_loaded_unless_that_is_allowed(string address)
    {
        using var load = new LoadGenerator(new LoadOptions(new Uri(address), 10) { MaxRequests = 1 }, TimeProvider.System);
        await Assert.ThrowsAsync<LoadRefusedException>(() => load.RunAsync(CancellationToken.None));
        Assert.Equal(0, load.Report.Ended);
    }

    [Fact]
    public void A_rate_without_bounds_is_refused()
    {
        var options = new LoadOptions(new Uri("http://127.0.0.1/"), 10);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoadGenerator(options with { RatePerSecond = 0 }, TimeProvider.System));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoadGenerator(options with { RatePerSecond = 1e9 }, TimeProvider.System));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoadGenerator(options with { Connections = 0 }, TimeProvider.System));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoadGenerator(options with { Connections = 1_000_000 }, TimeProvider.System));
    }

    private static async Task<LoadReport> RunAsync(LoadOptions options, TimeProvider? time = null)
    {
        using var load = new LoadGenerator(options, time ?? TimeProvider.System);
        await load.RunAsync(CancellationToken.None);
        return load.Report;
    }
}
