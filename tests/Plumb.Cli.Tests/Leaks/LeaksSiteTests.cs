using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumb.Web;

namespace Plumb.Cli.Tests.Leaks;

/// <summary><c>plumb leaks --http</c> as a user starts it.</summary>
public sealed partial class LeaksSiteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-leaks-site").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_verdict_is_printed_and_stays_on_the_page_until_Ctrl_C()
    {
        FakeSeries.Save(Path.Combine(_folder, "series"), snapshots: 13, leakedEach: 50);
        using PlumbProcess plumb = PlumbProcess.Start(_folder, "leaks", "series", "--http=localhost:", "--no-browser");
        if (!WebServer.HasPage)
        {
            PlumbResult refused = await plumb.EndAsync();
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("Node.js", refused.Error, StringComparison.Ordinal);
            return;
        }

        string said = await plumb.SaidAsync("stays at");
        using var client = new HttpClient { BaseAddress = new Uri(Address().Match(said).Value) };
        JsonElement report = JsonDocument.Parse(await client.GetStringAsync(Relative("api/leaks"))).RootElement.GetProperty("report");
        JsonElement suspect = report.GetProperty("suspects")[0];
        Assert.Equal("leak", report.GetProperty("verdict").GetString());
        Assert.Equal("main.(*shop).order", suspect.GetProperty("function").GetString());
        Assert.Equal(("goroutine", @"^main\.\(\*shop\)\.order\.func1$"), (suspect.GetProperty("profileKind").GetString(), suspect.GetProperty("profilePattern").GetString()));

        string top = await client.GetStringAsync(Relative("p/goroutine-12/api/top"));
        string grown = await client.GetStringAsync(Relative("p/goroutine-0-12/api/top"));
        Assert.Contains("main.(*shop).order.func1", top, StringComparison.Ordinal);
        Assert.Contains("\"total\":603", top, StringComparison.Ordinal);
        Assert.DoesNotContain("net/http", Names(grown)[0], StringComparison.Ordinal);
        using (HttpResponseMessage none = await client.GetAsync(Relative("p/heap-99/")))
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        plumb.Interrupt();
        PlumbResult result = await plumb.EndAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("LEAK", result.Output, StringComparison.Ordinal);
    }

    private static string[] Names(string top) => [.. JsonDocument.Parse(top).RootElement.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)];

    private static Uri Relative(string address) => new(address, UriKind.Relative);

    [GeneratedRegex("http://[^ \n]+")]
    private static partial Regex Address();
}
