using Plumb.Collectors.Loading;

namespace Plumb.Collectors.Tests.Loading;

/// <summary>Each way in which a request can fail is told by its name.</summary>
public sealed class LoadFailureTests
{
    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_of_an_answer_is_a_reset()
    {
        await using var server = new LoopbackServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray(), stop);
            stream.Close();
        });
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), 200) { MaxRequests = 10, Connections = 2 });
        Assert.Equal((10, 10), (report[LoadOutcome.Reset], report.Broken));
    }

    [Fact]
    public async Task What_is_not_HTTP_is_a_protocol_error()
    {
        await using var server = new LoopbackServer((_, stream, stop) => stream.WriteAsync("220 mail.example ESMTP\r\n\r\n"u8.ToArray(), stop).AsTask());
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), 200) { MaxRequests = 10, Connections = 2 });
        Assert.Equal(10, report[LoadOutcome.Protocol]);
    }

    [Fact]
    public async Task A_service_that_closes_kept_connections_between_requests_costs_no_request()
    {
        // Answers promise to keep the connection, and then it is closed: as a server with a short idle time does.
        await using var server = new LoopbackServer(async (_, stream, stop) =>
        {
            await LoopbackServer.SendAsync(stream, "200 OK", "text/plain", "ok"u8.ToArray(), stop);
            stream.Close();
        });
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), 100) { MaxRequests = 30, Connections = 3 });
        Assert.Equal(30, report[LoadOutcome.Success]);
        Assert.InRange(report.ConnectionsOpened, 27, 40);
    }

    [Fact]
    public async Task A_service_that_says_close_is_given_a_new_connection_each_time()
    {
        await using var server = new LoopbackServer(async (_, stream, stop) =>
        {
            await LoopbackServer.SendAsync(stream, "200 OK", "text/plain", "ok"u8.ToArray(), stop, "Connection: close\r\n");
            stream.Close();
        });
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), null) { MaxRequests = 20, Connections = 2 });
        Assert.Equal((20, 20), (report[LoadOutcome.Success], report.ConnectionsOpened));
    }

    [Fact]
    public async Task Being_stopped_ends_a_load_at_once_and_counts_nothing_that_was_under_way()
    {
        using var stop = new CancellationTokenSource();
        int asked = 0;
        await using var server = new LoopbackServer(async (_, _, dead) =>
        {
            if (Interlocked.Increment(ref asked) == 4)
            {
                await stop.CancelAsync();
            }

            await Task.Delay(Timeout.Infinite, dead);
        });
        // Nothing else would end it for an hour.
        using var load = new LoadGenerator(new LoadOptions(new Uri(server.Url), null) { Connections = 4, RequestTimeout = TimeSpan.FromHours(1) }, TimeProvider.System);
        await load.RunAsync(stop.Token).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal((0, 0, 4), (load.Report.Ended, load.Report.Late, asked));
    }

    [Fact]
    public async Task A_closed_loop_sends_the_next_request_once_the_last_is_answered()
    {
        int underWay = 0;
        int most = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(async (_, stream, stop) =>
        {
            int now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);
            if (now == 5)
            {
                all.TrySetResult();
            }

            // The first answers wait until each connection has sent one; the others a moment, in which too many could come.
            await all.Task.WaitAsync(stop);
            await Task.Delay(2, stop);
            Interlocked.Decrement(ref underWay);
            await LoopbackServer.SendAsync(stream, "200 OK", "text/plain", "ok"u8.ToArray(), stop);
        });
        LoadReport report = await RunAsync(new LoadOptions(new Uri(server.Url), null) { MaxRequests = 300, Connections = 5 });
        Assert.Equal((300, 0), (report[LoadOutcome.Success], report.Late));
        Assert.Equal(5, most);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int was = target; value > was;)
        {
            int found = Interlocked.CompareExchange(ref target, value, was);
            if (found == was)
            {
                return;
            }

            was = found;
        }
    }

    private static async Task<LoadReport> RunAsync(LoadOptions options)
    {
        using var load = new LoadGenerator(options, TimeProvider.System);
        await load.RunAsync(CancellationToken.None);
        return load.Report;
    }
}
