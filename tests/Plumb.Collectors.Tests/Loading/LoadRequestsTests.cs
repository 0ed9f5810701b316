using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Tests.Loading;

/// <summary>What arrives at a service, over every protocol.</summary>
public sealed class LoadRequestsTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1, false)]
    [InlineData(HttpProtocols.Http1, true)]
    [InlineData(HttpProtocols.Http2, false)]
    [InlineData(HttpProtocols.Http2, true)]
    public async Task Method_headers_and_a_body_that_varies_arrive(HttpProtocols protocols, bool secure)
    {
        var seen = new ConcurrentQueue<(string Method, string Path, string Protocol, string? Header, string? Host, string Body)>();
        await using KestrelServer server = await KestrelServer.StartAsync(protocols, secure, async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            string body = await reader.ReadToEndAsync();
            HttpRequest request = context.Request;
            seen.Enqueue((request.Method, request.Path + request.QueryString, request.Protocol, request.Headers["X-Shop"], request.Host.Value, body));
            await context.Response.WriteAsync("thanks");
        });
        bool isHttp2 = protocols == HttpProtocols.Http2;
        Assert.True(RequestTemplate.TryCreate(
            "PUT", new Uri(server.Url, "/items/").AbsoluteUri + "{n}?x=1", [("X-Shop", "no {n}"), ("Content-Type", "application/json")],
            TextTemplate.Parse("""{"id":{n}}"""), out RequestTemplate? request, out _));
        LoadReport report = await RunAsync(new LoadOptions(RequestMix.Of(request), null)
        {
            MaxRequests = 40,
            Connections = 2,
            Streams = isHttp2 ? 4 : 1,
            Http2 = isHttp2,
            AnyCertificate = secure,
        });

        Assert.Equal(40, report[LoadOutcome.Success]);
        Assert.Equal(40, report.Statuses[200]);
        Assert.Equal(2, report.ConnectionsOpened);
        Assert.Equal(Enumerable.Range(1, 40).Select(n => $"PUT /items/{n}?x=1 no {n} {{\"id\":{n}}}").Order(),
            seen.Select(one => $"{one.Method} {one.Path} {one.Header} {one.Body}").Order());
        Assert.All(seen, one => Assert.Equal((isHttp2 ? "HTTP/2" : "HTTP/1.1", server.Url.Authority), (one.Protocol, one.Host)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_certificate_that_nobody_vouches_for_is_a_TLS_error(bool isHttp2)
    {
        await using KestrelServer server = await KestrelServer.StartAsync(HttpProtocols.Http1AndHttp2, secure: true, context => context.Response.WriteAsync("x"));
        LoadReport report = await RunAsync(new LoadOptions(server.Url, null) { MaxRequests = 6, Connections = 2, Http2 = isHttp2 });
        Assert.Equal((6, 0), (report[LoadOutcome.Tls], report.Reached));
    }

    [Fact]
    public async Task A_plain_service_asked_for_TLS_is_a_TLS_error()
    {
        await using KestrelServer server = await KestrelServer.StartAsync(HttpProtocols.Http1, secure: false, context => context.Response.WriteAsync("x"));
        Uri secure = new UriBuilder(server.Url) { Scheme = Uri.UriSchemeHttps }.Uri;
        LoadReport report = await RunAsync(new LoadOptions(secure, null) { MaxRequests = 6, Connections = 2 });
        Assert.Equal((6, 6), (report[LoadOutcome.Tls], report.NotConnected));
    }

    [Fact]
    public async Task A_service_that_speaks_no_HTTP_2_is_a_protocol_error()
    {
        await using KestrelServer server = await KestrelServer.StartAsync(HttpProtocols.Http1, secure: false, context => context.Response.WriteAsync("x"));
        LoadReport report = await RunAsync(new LoadOptions(server.Url, null) { MaxRequests = 6, Connections = 2, Http2 = true });
        Assert.Equal(6, report[LoadOutcome.Protocol] + report[LoadOutcome.Reset]);
    }

    [Fact]
    public async Task Several_hosts_are_loaded_by_weight_and_told_apart()
    {
        await using LoopbackServer one = LoopbackServer.Of(_ => "1"u8.ToArray());
        await using LoopbackServer two = LoopbackServer.Of(path => path == "/b" ? "2"u8.ToArray() : null);
        RequestMix mix = RequestMix.Of(
            RequestTemplate.Get(new Uri(one.Url + "/a")).WithWeight(3), RequestTemplate.Get(new Uri(two.Url + "/b")), RequestTemplate.Get(new Uri(two.Url + "/gone")));
        LoadReport report = await RunAsync(new LoadOptions(mix, null) { MaxRequests = 500, Connections = 3 });
        Assert.Equal([300, 100, 100], report.Requests.Select(request => (int)Math.Round(request.Ended / 10.0) * 10));
        Assert.Equal((0, 0, report.Requests[2].Ended), (report.Requests[0].Errors, report.Requests[1].Errors, report.Requests[2].Errors));
        Assert.Equal(report.Requests[0].Ended, one.Requests.Count);
        Assert.True(report.Requests[0].Mean <= report.Requests[0].Slowest);
    }

    private static async Task<LoadReport> RunAsync(LoadOptions options)
    {
        using var load = new LoadGenerator(options, TimeProvider.System);
        await load.RunAsync(CancellationToken.None);
        return load.Report;
    }
}
