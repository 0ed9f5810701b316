using System.Collections.Concurrent;
using System.Text.Json;
using Plumb.Cli.Tests.Leaks;
using Plumb.Collectors.Tests;

namespace Plumb.Cli.Tests.Isolate;

/// <summary>The command as a pipeline sees it. Real services are searched in the end-to-end tests.</summary>
public sealed class IsolateProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-isolate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_route_that_leaves_goroutines_behind_is_found_among_others()
    {
        var asked = new ConcurrentDictionary<string, int>();
        await using LoopbackServer server = LoopbackServer.Of(path =>
        {
            asked.AddOrUpdate(path, 1, (_, count) => count + 1);
            return path switch
            {
                "/debug/pprof/goroutine" => FakeSeries.Goroutine(asked.GetValueOrDefault("/leaks")),
                _ when path.StartsWith("/debug/pprof/heap", StringComparison.Ordinal) => FakeSeries.Heap(),
                "/a" or "/b" or "/c" or "/leaks" or "/d" => "ok"u8.ToArray(),
                _ => null,
            };
        });
        await WriteAsync("routes", "/a\n/b\n/c\n/leaks\n/d\n/gone\n");
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "isolate", server.Url, "--routes", "routes", "-n", "20", "-r", "2000", "--json");

        Assert.Equal(1, result.ExitCode);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        // The server is the test host: its descriptors are also those of the tests beside this one.
        JsonElement leak = Assert.Single(document.RootElement.GetProperty("leaking").EnumerateArray()
            .Where(one => one.GetProperty("leftBehind")[0].GetProperty("resource").GetString() == "goroutine").ToList());
        Assert.Equal("GET /leaks", leak.GetProperty("routes")[0].GetString());
        Assert.Equal(1, leak.GetProperty("leftBehind")[0].GetProperty("perRequest").GetDouble(), 0.1);
        Assert.Contains("main.(*shop).order", leak.GetProperty("leftBehind")[0].GetProperty("place").GetString(), StringComparison.Ordinal);
        Assert.Contains("GET /gone failed", string.Join('\n', document.RootElement.GetProperty("notes").EnumerateArray()), StringComparison.Ordinal);
        Assert.Contains("6 routes, 20 requests", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Fact]
    public async Task Ctrl_C_tells_what_is_known()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path.StartsWith("/debug/pprof/", StringComparison.Ordinal) ? FakeSeries.Goroutine(0) : "ok"u8.ToArray());
        await WriteAsync("routes", "/a\n/b\n");
        using PlumbProcess process = PlumbProcess.Start(_folder, "isolate", server.Url, "--routes", "routes", "-n", "1000", "-r", "100", "--json");
        await process.UntilAsync(() => server.Requests.Count(path => path == "/a") >= 5);

        process.Interrupt();
        PlumbResult result = await process.EndAsync();
        Assert.Equal(3, result.ExitCode);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        Assert.Equal(("inconclusive", true, false), (
            document.RootElement.GetProperty("verdict").GetString(),
            document.RootElement.GetProperty("interrupted").GetBoolean(),
            document.RootElement.GetProperty("complete").GetBoolean()));
    }

    [Theory]
    [InlineData("which routes are there")]
    [InlineData("three ways", "--routes", "x", "--openapi", "y")]
    [InlineData("cannot be read", "--routes", "missing")]
    [InlineData("line 2", "--routes", "bad")]
    [InlineData("not JSON", "--openapi", "bad")]
    [InlineData("no line names a request", "--from-access-log", "bad")]
    [InlineData("may change something", "--from-access-log", "posts")]
    [InlineData("is not this machine", "--routes", "elsewhere")]
    [InlineData("not an http", "--routes", "good", "--service", "ftp://x")]
    [InlineData("--rate must be above 0", "--routes", "good", "--rate", "0")]
    [InlineData("from 1 to", "--routes", "good", "--requests", "0")]
    public async Task A_command_line_that_makes_no_sense_is_error_2_with_a_reason(string reason, params string[] arguments)
    {
        await WriteAsync("good", "/a\n");
        await WriteAsync("bad", "/a\nGET /a /b \u001b[2J\n");
        await WriteAsync("posts", "1.2.3.4 - - [x] \"POST /pay HTTP/1.1\" 200 5\n");
        await WriteAsync("elsewhere", "http://192.0.2.1/\n");
        await using LoopbackServer server = LoopbackServer.Of(_ => FakeSeries.Goroutine(0));
        PlumbResult result = await PlumbProcess.RunAsync(_folder, ["isolate", server.Url, .. arguments]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("plumb isolate: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_without_profiles_is_error_2()
    {
        await WriteAsync("good", "/a\n");
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "isolate", "http://127.0.0.1:9", "--routes", "good");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("connection refused", result.Error, StringComparison.Ordinal);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text);
}
