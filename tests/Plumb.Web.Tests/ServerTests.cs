using System.Net;
using System.Text.Json;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Reports.Options;

namespace Plumb.Web.Tests;

public sealed class ServerTests : IAsyncLifetime, IDisposable
{
    // Every address there is. A new one belongs here, and is then tried without its key.
    public static TheoryData<string> Routes =>
    [
        "", "page.js", "page.css", "icon.svg", "api/profile", "api/check", "api/flame", "api/top", "api/peek?symbol=main", "api/source?symbol=main",
        "api/tree", "api/traces", "api/tags", "api/raw", "api/comments", "api/graph", "api/export/proto", "api/export/folded", "api/token", "api/views", "graphworker.js", "highlight.js",
    ];

    private WebServer _server = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await TestProfiles.ServeAsync(TestProfiles.Shop);
        _client = new HttpClient { BaseAddress = _server.Address };
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Nothing_is_answered_without_the_key(string route)
    {
        string origin = _server.Address.GetLeftPart(UriPartial.Authority);
        string otherKey = _server.Address.AbsolutePath.Trim('/').Replace(_server.Address.AbsolutePath[1], _server.Address.AbsolutePath[1] == 'x' ? 'y' : 'x');

        foreach (string address in (string[])[$"{origin}/{route}", $"{origin}/{otherKey}/{route}", $"{origin}//{route}"])
        {
            using HttpResponseMessage response = await _client.GetAsync(new Uri(address));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_answer_may_only_be_what_it_says_it_is(string route)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(route, UriKind.Relative));

        Assert.True(response.IsSuccessStatusCode || !WebServer.HasPage, $"{route}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        string policy = Header(response, "Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-inline'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
        Assert.Equal(route == "graphworker.js", policy.Contains("'wasm-unsafe-eval'", StringComparison.Ordinal));
    }

    // A name of the attacker's that was made to point at this machine.
    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("169.254.169.254")]
    public async Task Another_name_for_this_machine_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/top", UriKind.Relative)) { Headers = { Host = $"{host}:{_server.Address.Port}" } };
        using HttpResponseMessage response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Requests_from_other_sites_are_refused(string name, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/top", UriKind.Relative)) { Headers = { { name, value } } };
        using HttpResponseMessage response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "api/profiles")]
    [InlineData("PUT", "api/views?name=mine&query=f%3Dmain")]
    [InlineData("DELETE", "api/views?name=mine")]
    public async Task Only_the_page_changes_anything(string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        using HttpResponseMessage response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("[]", await _client.GetStringAsync(new Uri("api/views", UriKind.Relative)));
        Assert.Single((await JsonAsync("api/profile")).GetProperty("profiles").EnumerateArray());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Views_are_only_read(string method)
    {
        using HttpResponseMessage refused = await ChangeAsync(method, "api/top", []);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
    }

    [Fact]
    public async Task An_uploaded_profile_is_shown_compared_and_makes_room_in_the_end()
    {
        using (HttpResponseMessage added = await ChangeAsync("POST", "api/profiles?name=%2Ftmp%2Fother.folded", "main.main;runtime.gc 200"u8.ToArray()))
            Assert.Equal("""{"id":1,"title":"other.folded","isUploaded":true}""", await added.Content.ReadAsStringAsync());

        JsonElement alone = await JsonAsync("api/top?profile=1"), compared = await JsonAsync("api/top?base=1"), normalized = await JsonAsync("api/top?base=1&norm=true");
        Assert.Equal(200, CumOf(alone, "runtime.gc"));
        Assert.Equal(5 - 200, CumOf(compared, "runtime.gc"));
        Assert.Equal(100 - 200, CumOf(compared, "main.main"));
        Assert.Equal(0, CumOf(normalized, "main.main"));

        for (int i = 0; i < 6; i++)
            (await ChangeAsync("POST", "api/profiles?name=more", "main 1"u8.ToArray())).Dispose();

        using HttpResponseMessage gone = await _client.GetAsync(new Uri("api/flame?profile=1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, gone.StatusCode);
        Assert.Contains("not there any more", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_profile_is_refused_with_the_reason()
    {
        using HttpResponseMessage response = await ChangeAsync("POST", "api/profiles?name=x.png", [0x89, 0x50, 0x4E, 0x47]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("x.png cannot be read as a profile", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_are_kept_by_name_until_they_are_removed()
    {
        (await ChangeAsync("PUT", "api/views?name=mine&query=f%3Dmain", [])).Dispose();
        (await ChangeAsync("PUT", "api/views?name=mine&query=f%3Dother", [])).Dispose();
        Assert.Equal("""[{"name":"mine","query":"f=other"}]""", await _client.GetStringAsync(new Uri("api/views", UriKind.Relative)));

        using HttpResponseMessage unnamed = await ChangeAsync("PUT", "api/views?name=%20&query=", []);
        Assert.Equal(HttpStatusCode.BadRequest, unnamed.StatusCode);

        (await ChangeAsync("DELETE", "api/views?name=mine", [])).Dispose();
        Assert.Equal("[]", await _client.GetStringAsync(new Uri("api/views", UriKind.Relative)));
    }

    [Theory]
    [InlineData("api/flame?colour=red", "there is no option \"colour\"")]
    [InlineData("api/flame?output=/tmp/x", "there is no option \"output\"")]
    [InlineData("api/flame?source_path=/", "there is no option \"source_path\"")]
    [InlineData("api/flame?n=many", "\"many\" is not a whole number")]
    [InlineData("api/flame?si=speed", "\"speed\" must be one of")]
    [InlineData("api/flame?f=a&f=b", "given 2 times")]
    [InlineData("api/peek", "no function was chosen")]
    [InlineData("api/peek?symbol=nobody", "no matches found for regexp: nobody")]
    [InlineData("api/flame?p=nobody", "nothing in the profile is called \"nobody\"")]
    public async Task An_error_says_what_is_wrong_and_what_to_do(string address, string error)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Contains(error, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", answer.GetProperty("remedy").GetString());
    }

    [Fact]
    public async Task A_pattern_that_is_too_long_is_refused()
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri($"api/top?f={new string('a', 5000)}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_pattern_that_is_no_regular_expression_is_named_with_the_reason()
    {
        JsonElement answer = await JsonAsync("api/check?f=(*Cart&i=fine");

        Assert.Equal(["f"], answer.GetProperty("invalid").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Views_use_the_options_of_their_address_and_start_from_those_of_the_command_line()
    {
        await using WebServer server = await TestProfiles.ServeAsync(TestProfiles.Shop, ReportOptions.Default with { Ignore = "runtime" });
        using var client = new HttpClient { BaseAddress = server.Address };

        string ignored = await client.GetStringAsync(new Uri("api/top", UriKind.Relative));
        string all = await client.GetStringAsync(new Uri("api/top?i=", UriKind.Relative));
        string focused = await client.GetStringAsync(new Uri("api/top?f=jobs", UriKind.Relative));

        Assert.DoesNotContain("runtime.gc", ignored, StringComparison.Ordinal);
        Assert.Contains("runtime.gc", all, StringComparison.Ordinal);
        Assert.DoesNotContain("http.serve", focused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_text_is_cut_and_says_so()
    {
        string stack = string.Join(';', Enumerable.Range(0, 50).Select(i => $"a_function_with_a_rather_long_name_{i}"));
        Profile profile = FoldedText.Parse(string.Join('\n', Enumerable.Range(0, 3000).Select(i => $"{stack};f{i} 1")));
        await using WebServer server = await TestProfiles.ServeAsync(profile);
        using var client = new HttpClient { BaseAddress = server.Address };

        string traces = await client.GetStringAsync(new Uri("api/traces", UriKind.Relative));

        Assert.InRange(traces.Length, 4_000_000, 4_300_000);
        Assert.EndsWith("plumb pprof prints all of it.\n", traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_are_saved_under_a_name_that_no_profile_chose()
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri("api/export/folded?f=jobs", UriKind.Relative));

        Assert.Equal("attachment; filename=\"profile.folded\"", Header(response, "Content-Disposition"));
        Assert.Equal("main.main;example.org/shop/jobs.Run;example.org/shop/store.Save;encoding/json.Marshal 12\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_exported_profile_is_the_profile()
    {
        await using Stream body = await _client.GetStreamAsync(new Uri("api/export/proto", UriKind.Relative));
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        bytes.Position = 0;

        Assert.Equal(7, ProfileReader.Read(bytes).Samples.Count);
    }

    [Fact]
    public async Task Names_from_a_profile_are_escaped_in_json()
    {
        await using WebServer server = await TestProfiles.ServeAsync(FoldedText.Parse("<script>alert(1)</script> 1"));
        using var client = new HttpClient { BaseAddress = server.Address };

        Assert.DoesNotContain("<script>", await client.GetStringAsync(new Uri("api/top", UriKind.Relative)), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> ChangeAsync(string method, string address, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-Plumb-Token", await _client.GetStringAsync(new Uri("api/token", UriKind.Relative)));
        return await _client.SendAsync(request);
    }

    private static long CumOf(JsonElement top, string name)
    {
        int row = top.GetProperty("names").EnumerateArray().ToList().FindIndex(candidate => candidate.GetString() == name);
        return row < 0 ? 0 : top.GetProperty("cum")[row].GetInt64();
    }

    private async Task<JsonElement> JsonAsync(string address) => JsonDocument.Parse(await _client.GetStringAsync(new Uri(address, UriKind.Relative))).RootElement;

    private static string Header(HttpResponseMessage response, string name) =>
        string.Join(", ", response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values : response.Content.Headers.GetValues(name));
}
