using System.Text.Json;
using Plumb.Cli.Tests.Leaks;
using Plumb.Collectors.Tests;

namespace Plumb.Cli.Tests.Watch;

/// <summary>The command as a log or a pipeline sees it. The charts are tested as frames, real services in the end-to-end tests.</summary>
public sealed class WatchProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-watch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_leak_is_told_as_it_is_found_and_evidence_captured_that_can_be_judged()
    {
        int asked = 0;
        await using LoopbackServer server = LoopbackServer.Of(path => path switch
        {
            "/debug/pprof/goroutine" => FakeSeries.Goroutine(60 * Interlocked.Increment(ref asked)),
            _ when path.StartsWith("/debug/pprof/heap", StringComparison.Ordinal) => FakeSeries.Heap(),
            _ => null,
        });
        using PlumbProcess process = PlumbProcess.Start(
            _folder, "watch", server.Url, "--every", "200ms", "--snapshot-every", "200ms", "--for", "1h", "--capture-at", "leak", "--capture-to", "evidence", "--json");
        await process.PrintedAsync("\"captured\"");
        process.Interrupt();
        PlumbResult result = await process.EndAsync();
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        List<JsonElement> lines = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.True(lines.Count(line => KindOf(line) == "sample") >= 4, result.Output);
        // What a capture asks for last.
        Assert.Contains("/debug/pprof/profile?seconds=5", server.Requests);
        JsonElement leak = lines.Single(line => KindOf(line) == "leak");
        Assert.Equal("main.(*shop).order", leak.GetProperty("leak").GetProperty("function").GetString());
        JsonElement captured = lines.Single(line => KindOf(line) == "captured");
        JsonElement end = lines[^1];
        Assert.Equal(("end", "leak"), (KindOf(end), end.GetProperty("verdict").GetString()));
        string folder = captured.GetProperty("folder").GetString()!;
        Assert.Equal(folder, Assert.Single(end.GetProperty("captures").EnumerateArray().ToList()).GetString());

        PlumbResult judged = await PlumbProcess.RunAsync(_folder, "leaks", folder);
        Assert.Equal(1, judged.ExitCode);
        Assert.Contains("main.(*shop).order", judged.Output, StringComparison.Ordinal);
        Assert.NotEmpty(File.ReadAllLines(Path.Combine(_folder, folder, "samples.jsonl")));
    }

    [Fact]
    public async Task Ctrl_C_is_how_a_watch_ends()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path.StartsWith("/debug/pprof/goroutine", StringComparison.Ordinal) ? FakeSeries.Goroutine(0) : null);
        using PlumbProcess process = PlumbProcess.Start(_folder, "watch", server.Url, "--every", "200ms");
        await process.UntilAsync(() => server.Requests.Count >= 10);

        process.Interrupt();
        PlumbResult result = await process.EndAsync();
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("watching http://127.0.0.1:", result.Output, StringComparison.Ordinal);
        Assert.Contains("watched for", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public async Task A_service_that_dies_is_told_and_watched_on()
    {
        LoopbackServer server = LoopbackServer.Of(path => path.StartsWith("/debug/pprof/goroutine", StringComparison.Ordinal) ? FakeSeries.Goroutine(0) : null);
        using PlumbProcess process = PlumbProcess.Start(_folder, "watch", server.Url, "--every", "200ms", "--for", "1h");
        await process.UntilAsync(() => server.Requests.Count >= 6);
        await server.DisposeAsync();
        await process.PrintedAsync("lost: ");
        // Told once, however often it is asked in vain.
        await Task.Delay(1000);
        process.Interrupt();
        PlumbResult result = await process.EndAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("lost: no answer: http://127.0.0.1", result.Output, StringComparison.Ordinal);
        Assert.Single(result.Output.Split('\n').Where(line => line.Contains("lost:", StringComparison.Ordinal)).ToList());
    }

    [Theory]
    [InlineData("is none of: 80%", "--capture-at", "soon")]
    [InlineData("at least 200ms", "--every", "10ms")]
    [InlineData("from 1 to 100", "--captures", "0")]
    [InlineData("is not a size", "--memory-limit", "much")]
    [InlineData("--metrics wants", "--metrics", "ftp://x/")]
    public async Task A_command_line_that_makes_no_sense_is_error_2_with_a_reason(string reason, params string[] arguments)
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => FakeSeries.Goroutine(0));
        PlumbResult result = await PlumbProcess.RunAsync(_folder, ["watch", server.Url, .. arguments]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("plumb watch: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_without_profiles_is_error_2()
    {
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "watch", "http://127.0.0.1:9");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("connection refused", result.Error, StringComparison.Ordinal);
    }

    private static string? KindOf(JsonElement line) => line.GetProperty("kind").GetString();
}
