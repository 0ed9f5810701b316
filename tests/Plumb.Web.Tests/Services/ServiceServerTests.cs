using System.Net;
using System.Text.Json;
using Plumb.Web.Leaks;

namespace Plumb.Web.Tests.Services;

public sealed class ServiceServerTests : IAsyncLifetime, IDisposable
{
    private const string TokenHeader = "X-Plumb-Token";

    private readonly LeaksSession _session = new("shop:6060", TimeProvider.System);
    private WebServer _server = null!;
    private HttpClient _client = null!;
    private int _stops;

    public static TheoryData<string> Routes => ["", "service.js", "service.css", "api/service", "api/leaks", "p/heap-12/", "p/heap-12/page.js", "p/heap-12/api/top", "p/heap-12/api/export/proto", "api/token", "p/heap-12/api/token"];

    public async Task InitializeAsync()
    {
        _server = await TestServices.ServeAsync(_session);
        _client = new HttpClient { BaseAddress = _server.Address };
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Nothing_is_answered_without_the_key(string route)
    {
        string origin = _server.Address.GetLeftPart(UriPartial.Authority);
        foreach (string address in (string[])[$"{origin}/{route}", $"{origin}/p/{route}", $"{origin}//{route}"])
        {
            using HttpResponseMessage response = await _client.GetAsync(new Uri(address));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_answer_may_only_be_what_it_says_it_is(string route)
    {
        using HttpResponseMessage response = await _client.GetAsync(Relative(route));

        Assert.True(response.IsSuccessStatusCode || !WebServer.HasPage, $"{route}: {response.StatusCode}");
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_told_only_what_it_does_not_know()
    {
        JsonElement first = await JsonAsync("api/leaks");
        Assert.Equal("waiting", first.GetProperty("phase").GetString());
        using (HttpResponseMessage same = await _client.GetAsync(Relative($"api/leaks?since={first.GetProperty("version")}")))
            Assert.Equal(HttpStatusCode.NoContent, same.StatusCode);

        Watch();
        JsonElement next = await JsonAsync($"api/leaks?since={first.GetProperty("version")}");
        Assert.Equal(("watching", 13), (next.GetProperty("phase").GetString(), next.GetProperty("snapshotsPlanned").GetInt32()));
        Assert.Equal("watching", (await JsonAsync("api/leaks?since=later")).GetProperty("phase").GetString());
    }

    [Fact]
    public async Task The_page_ends_the_watching()
    {
        using HttpResponseMessage early = await PostAsync("api/leaks/stop");
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Watch();
        using HttpResponseMessage stopped = await PostAsync("api/leaks/stop");

        Assert.Equal(HttpStatusCode.Accepted, stopped.StatusCode);
        Assert.Equal(1, _stops);
    }

    // A form on another site can send a POST, but neither the token nor a header of its own.
    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", null, null)]
    [InlineData("1", null, null)]
    [InlineData("the token", "http://evil.example", null)]
    [InlineData("the token", "null", null)]
    [InlineData("the token", null, "cross-site")]
    public async Task Nobody_but_the_page_ends_the_watching(string? token, string? origin, string? site)
    {
        Watch();
        using var request = new HttpRequestMessage(HttpMethod.Post, Relative("api/leaks/stop"));
        if (token is not null)
            request.Headers.Add(TokenHeader, token == "the token" ? await TokenAsync() : token);

        if (origin is not null)
            request.Headers.Add("Origin", origin);

        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        using HttpResponseMessage response = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(0, _stops);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task The_token_is_told_to_the_page_alone(string name, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Relative("api/token")) { Headers = { { name, value } } };
        using HttpResponseMessage response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(await TokenAsync(), await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(await TokenAsync(), await _client.GetStringAsync(Relative("p/heap-12/api/token")));
    }

    [Theory]
    [InlineData("api/leaks/stop", HttpStatusCode.MethodNotAllowed)]
    [InlineData("p/heap-13/", HttpStatusCode.NotFound)]
    [InlineData("p/heap-13/api/top", HttpStatusCode.NotFound)]
    [InlineData("p/..%2f..%2fetc%2fpasswd/", HttpStatusCode.NotFound)]
    [InlineData("p//", HttpStatusCode.NotFound)]
    [InlineData("api/nothing", HttpStatusCode.NotFound)]
    public async Task What_there_is_not_is_not_found(string address, HttpStatusCode status)
    {
        using HttpResponseMessage response = await _client.GetAsync(Relative(address));

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_profile_of_the_service_has_all_its_pages()
    {
        Assert.Equal("heap-12", (await JsonAsync("p/heap-12/api/profile")).GetProperty("title").GetString());
        Assert.Contains("store.Save", await _client.GetStringAsync(Relative("p/goroutine-12/api/peek?symbol=Save")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_nobody_asked_for_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Relative("api/leaks/stop")) { Content = new ByteArrayContent(new byte[1 << 20]) };
        request.Headers.Add(TokenHeader, await TokenAsync());
        Watch();
        using HttpResponseMessage response = await _client.SendAsync(request);

        // The body is not read; the connection is not kept for it either.
        Assert.True(response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.RequestEntityTooLarge, response.StatusCode.ToString());
    }

    [Fact]
    public async Task Texts_of_a_report_are_escaped_in_json()
    {
        _session.Finish(TestServices.Hostile);

        string answer = await _client.GetStringAsync(Relative("api/leaks"));
        Assert.DoesNotContain("<img", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer, StringComparison.Ordinal);
    }

    private void Watch() => _session.Watch([new FigureName("goroutines", "count")], TimeSpan.FromMinutes(1), 13, () => _stops++);

    private async Task<JsonElement> JsonAsync(string address) => JsonDocument.Parse(await _client.GetStringAsync(Relative(address))).RootElement;

    private async Task<HttpResponseMessage> PostAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Relative(address));
        request.Headers.Add(TokenHeader, await TokenAsync());
        return await _client.SendAsync(request);
    }

    private Task<string> TokenAsync() => _client.GetStringAsync(Relative("api/token"));

    private static Uri Relative(string address) => new(address, UriKind.Relative);
}
