using System.Text;
using Plumb.Collectors.Targets;

namespace Plumb.Collectors.Tests.Targets;

public sealed class HttpTargetTests
{
    private static readonly byte[] s_profile = Gzip.Of("a profile");

    private static readonly TargetLimits s_small = new()
    {
        MaxBodyBytes = 1 << 20,
        MaxDecodedBytes = 4 << 20,
        // Only a clock that a test moves comes to it.
        Deadline = TimeSpan.FromMinutes(5),
    };

    [Fact]
    public async Task The_pprof_folder_is_found_below_a_base_url()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path.StartsWith("/debug/pprof/", StringComparison.Ordinal) ? s_profile : null);
        using HttpTarget target = await FoundAsync(server.Url);
        Assert.Equal(server.Url + "/debug/pprof/", target.Base.AbsoluteUri);
        Assert.Equal(s_profile, (await BodyOfAsync(target, "heap?gc=1")).Bytes.ToArray());
        Assert.Contains("/debug/pprof/heap?gc=1", server.Requests);
    }

    [Fact]
    public async Task The_pprof_folder_is_found_at_the_root_when_a_prefix_has_none()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path.StartsWith("/debug/pprof/", StringComparison.Ordinal) ? s_profile : null);
        using HttpTarget target = await FoundAsync(server.Url + "/shop");
        Assert.Equal(server.Url + "/debug/pprof/", target.Base.AbsoluteUri);
    }

    [Fact]
    public async Task A_service_without_pprof_is_told_what_to_import()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => null);
        var missing = Assert.IsType<ErrorStatus>(await MissingAsync(server.Url));
        Assert.Equal(404, missing.Status);
        Assert.Contains("net/http/pprof", missing.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        using var closed = new ClosedPort();
        var failure = Assert.IsType<Unreachable>(await MissingAsync(closed.Url));
        Assert.Equal("connection refused", failure.Reason);
    }

    [Fact]
    public async Task An_unknown_host_is_unreachable_by_name()
    {
        var failure = Assert.IsType<Unreachable>(await MissingAsync("http://no-such-host.invalid:6060"));
        Assert.Contains("no-such-host.invalid", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_never_answers_is_given_up_at_the_deadline()
    {
        var time = new HeldTime();
        await using var server = new LoopbackServer((_, _, stop) =>
        {
            time.Advance(s_small.Deadline);
            return Task.Delay(Timeout.Infinite, stop);
        });
        Assert.IsType<TimedOut>(await MissingAsync(server.Url, time));
    }

    [Fact]
    public async Task A_body_that_drips_is_given_up_at_the_deadline_of_the_whole()
    {
        var time = new HeldTime();
        await using var server = new LoopbackServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(), stop);
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray(), stop);
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1, stop);
            }
        });
        // No pause is longer than a second, and a body of a day would not be waited for.
        Assert.IsType<TimedOut>(await MissingAsync(server.Url, time));
        Assert.True(time.Elapsed >= s_small.Deadline, $"given up after {time.Elapsed}");
    }

    [Fact]
    public async Task An_error_status_keeps_one_printable_line_of_its_body()
    {
        await using var server = new LoopbackServer((_, stream, stop) => LoopbackServer.SendAsync(
            stream, "500 Internal Server Error", "text/plain", Encoding.UTF8.GetBytes("heap \u001b[31mis busy\u0007\nsecret second line"), stop));
        var failure = Assert.IsType<ErrorStatus>(await MissingAsync(server.Url));
        Assert.Equal(500, failure.Status);
        Assert.Equal("heap [31mis busy", failure.Excerpt);
        Assert.True(failure.MayRecover);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "profiles")]
    [InlineData("application/octet-stream", "  \n<!DOCTYPE html><html>")]
    public async Task A_page_is_not_taken_for_a_profile(string mediaType, string body)
    {
        await using var server = new LoopbackServer((_, stream, stop) =>
            LoopbackServer.SendAsync(stream, "200 OK", mediaType, Encoding.UTF8.GetBytes(body), stop));
        Assert.IsType<HtmlPage>(await MissingAsync(server.Url));
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_not_read()
    {
        await using var server = new LoopbackServer(async (_, stream, stop) =>
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"u8.ToArray(), stop));
        var failure = Assert.IsType<TooLarge>(await MissingAsync(server.Url));
        Assert.False(failure.Decoded);
    }

    [Fact]
    public async Task An_endless_body_stops_at_the_limit()
    {
        await using var server = new LoopbackServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
            byte[] block = new byte[64 << 10];
            while (true)
            {
                await stream.WriteAsync(block, stop);
            }
        });
        Assert.Equal(s_small.MaxBodyBytes, Assert.IsType<TooLarge>(await MissingAsync(server.Url)).LimitBytes);
    }

    [Fact]
    public async Task A_bomb_in_the_content_encoding_stops_at_the_decoded_limit()
    {
        byte[] bomb = Gzip.Bomb(mebibytes: 64);
        await using var server = new LoopbackServer((_, stream, stop) =>
            LoopbackServer.SendAsync(stream, "200 OK", "application/octet-stream", bomb, stop, "Content-Encoding: gzip\r\n"));
        var failure = Assert.IsType<TooLarge>(await MissingAsync(server.Url));
        Assert.True(failure.Decoded);
        Assert.Equal(s_small.MaxDecodedBytes, failure.LimitBytes);
    }

    [Fact]
    public async Task A_body_exactly_as_long_as_the_limit_is_read()
    {
        byte[] body = new byte[s_small.MaxBodyBytes];
        body[0] = 1;
        await using LoopbackServer server = LoopbackServer.Of(_ => body);
        using HttpTarget target = await FoundAsync(server.Url);
        Assert.Equal(body.Length, (await BodyOfAsync(target, "heap")).Bytes.Length);
    }

    [Fact]
    public async Task A_content_encoding_is_undone()
    {
        await using var server = new LoopbackServer((_, stream, stop) =>
            LoopbackServer.SendAsync(stream, "200 OK", "text/plain", Gzip.Of("goroutine 1 [running]:"), stop, "Content-Encoding: gzip\r\n"));
        using HttpTarget target = await FoundAsync(server.Url);
        Assert.Equal("goroutine 1 [running]:", Encoding.UTF8.GetString((await BodyOfAsync(target, "goroutine?debug=2")).Bytes.Span));
    }

    [Fact]
    public async Task A_body_that_is_not_the_gzip_it_claims_to_be_is_broken()
    {
        await using var server = new LoopbackServer((_, stream, stop) =>
            LoopbackServer.SendAsync(stream, "200 OK", "text/plain", "plain"u8.ToArray(), stop, "Content-Encoding: gzip\r\n"));
        Assert.IsType<BrokenAnswer>(await MissingAsync(server.Url));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-")]
    [InlineData("+PONG\r\n")]
    public async Task A_target_that_dies_while_it_answers_is_broken(string answer)
    {
        LoopbackServer? server = null;
        server = new LoopbackServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stop);
            server!.Die();
        });
        await using (server)
        {
            Assert.IsType<BrokenAnswer>(await MissingAsync(server.Url));
        }
    }

    [Fact]
    public async Task A_redirect_on_the_same_host_is_followed()
    {
        await using var server = new LoopbackServer((path, stream, stop) => path == "/debug/pprof/goroutine"
            ? LoopbackServer.SendAsync(stream, "301 Moved", "text/plain", [], stop, "Location: /elsewhere/goroutine\r\n")
            : LoopbackServer.SendAsync(stream, "200 OK", "application/octet-stream", s_profile, stop));
        using HttpTarget target = await FoundAsync(server.Url);
        Assert.Contains("/elsewhere/goroutine", server.Requests);
    }

    [Fact]
    public async Task A_redirect_to_another_port_is_not_followed_and_gets_no_credentials()
    {
        await using LoopbackServer other = LoopbackServer.Of(_ => s_profile);
        await using var server = new LoopbackServer((_, stream, stop) =>
            LoopbackServer.SendAsync(stream, "302 Found", "text/plain", [], stop, $"Location: {other.Url}/debug/pprof/goroutine\r\n"));
        var failure = Assert.IsType<RedirectedAway>(await MissingAsync($"http://anna:secret@127.0.0.1:{server.Port}"));
        Assert.StartsWith(other.Url, failure.Destination, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_circle_of_redirects_ends()
    {
        await using var server = new LoopbackServer((path, stream, stop) =>
            LoopbackServer.SendAsync(stream, "302 Found", "text/plain", [], stop, $"Location: {path}x\r\n"));
        Assert.IsType<RedirectedAway>(await MissingAsync(server.Url));
        Assert.Equal(s_small.MaxRedirects + 1, server.Requests.Count);
    }

    [Fact]
    public async Task Userinfo_is_sent_as_credentials_and_shown_nowhere()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path.EndsWith("goroutine", StringComparison.Ordinal) ? s_profile : null);
        using HttpTarget target = await FoundAsync($"http://anna:secret@127.0.0.1:{server.Port}");
        Assert.Contains("Authorization: Basic " + Convert.ToBase64String("anna:secret"u8), server.Headers);
        FetchResult missing = await target.FetchAsync("heap", CancellationToken.None);
        Assert.DoesNotContain("secret", missing.ToString(), StringComparison.Ordinal);
        using var closed = new ClosedPort();
        FetchResult other = await target.FetchAsync(new Uri(closed.Url.Replace("//", "//anna:secret@", StringComparison.Ordinal)), CancellationToken.None);
        Assert.DoesNotContain("secret", other.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_sees_one_connection_only()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => s_profile);
        using HttpTarget target = await FoundAsync(server.Url);
        for (int i = 0; i < 5; i++)
        {
            await target.FetchAsync("heap", CancellationToken.None);
        }

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Being_cancelled_is_not_mistaken_for_a_deadline()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new LoopbackServer(async (_, _, stop) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, stop);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SearchAsync(server.Url, cancellationToken: cancel.Token));
    }

    private static Task<TargetSearch> SearchAsync(string url, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        Assert.True(TargetAddress.TryParse(url, out TargetAddress? address, out string? problem), problem);
        return HttpTarget.FindAsync(address, s_small, time ?? TimeProvider.System, cancellationToken);
    }

    private static async Task<HttpTarget> FoundAsync(string url) => Assert.IsType<TargetFound>(await SearchAsync(url)).Target;

    private static async Task<FetchFailure> MissingAsync(string url, TimeProvider? time = null) =>
        Assert.IsType<TargetMissing>(await SearchAsync(url, time)).Failure;

    private static async Task<FetchedBody> BodyOfAsync(HttpTarget target, string path) =>
        Assert.IsType<FetchedBody>(await target.FetchAsync(path, CancellationToken.None));
}
