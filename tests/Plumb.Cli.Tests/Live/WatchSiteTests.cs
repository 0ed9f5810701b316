using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumb.Cli.Tests.Leaks;
using Plumb.Collectors.Tests;
using Plumb.Web;

namespace Plumb.Cli.Tests.Live;

/// <summary><c>plumb watch --http</c> as a user starts it.</summary>
public sealed partial class WatchSiteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-watch-site").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_page_follows_the_service_and_captures_profiles_that_it_opens()
    {
        if (!WebServer.HasPage)
        {
            return;
        }

        await using LoopbackServer server = LoopbackServer.Of(path => path switch
        {
            "/debug/pprof/goroutine" => FakeSeries.Goroutine(7),
            "/debug/pprof/heap?gc=1" => FakeSeries.Heap(),
            _ => null,
        });
        using PlumbProcess plumb = PlumbProcess.Start(_folder, "watch", server.Url, "--every", "200ms", "--http=localhost:", "--no-browser");
        using var client = new HttpClient { BaseAddress = new Uri(Address().Match(await plumb.SaidAsync("page is at")).Value) };
        JsonElement service = await JsonAsync(client, "api/service");
        Assert.True(service.GetProperty("hasLive").GetBoolean() && service.GetProperty("hasLeaks").GetBoolean() && service.GetProperty("liveFirst").GetBoolean());
        while ((await JsonAsync(client, "api/live")).GetProperty("next").GetInt64() < 3)
        {
            await Task.Delay(100);
        }

        Assert.Equal("capture-1", await CaptureAsync(client, "goroutine"));
        Assert.Equal("capture-2", await CaptureAsync(client, "goroutine"));
        Assert.Contains("\"total\":10", await client.GetStringAsync(new Uri("p/capture-2/api/top", UriKind.Relative)), StringComparison.Ordinal);
        using (HttpResponseMessage compared = await client.GetAsync(new Uri("p/capture-1-2/api/top", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.OK, compared.StatusCode);
        }

        using (HttpResponseMessage none = await client.GetAsync(new Uri("p/capture-9/", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }

        using (HttpResponseMessage missing = await PostAsync(client, "mutex"))
        {
            Assert.Equal(HttpStatusCode.BadGateway, missing.StatusCode);
        }

        plumb.Interrupt();
        Assert.Equal(0, (await plumb.EndAsync()).ExitCode);
    }

    private static async Task<string?> CaptureAsync(HttpClient client, string kind)
    {
        using HttpResponseMessage response = await PostAsync(client, kind);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("name").GetString();
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string kind)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"api/live/capture?kind={kind}", UriKind.Relative));
        request.Headers.Add("X-Plumb-Token", await client.GetStringAsync(new Uri("api/token", UriKind.Relative)));
        return await client.SendAsync(request);
    }

    private static async Task<JsonElement> JsonAsync(HttpClient client, string address) =>
        JsonDocument.Parse(await client.GetStringAsync(new Uri(address, UriKind.Relative))).RootElement;

    [GeneratedRegex("http://[^ \n]+")]
    private static partial Regex Address();
}
