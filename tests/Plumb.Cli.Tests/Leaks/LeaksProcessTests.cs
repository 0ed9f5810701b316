using System.Text.Json;
using Plumb.Collectors.Tests;

namespace Plumb.Cli.Tests.Leaks;

/// <summary>The command as a pipeline sees it: streams, exit codes, signals, targets that misbehave.</summary>
public sealed class LeaksProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-leaks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(14, 100, 1, "LEAK")]
    [InlineData(14, 0, 0, "NO LEAK")]
    [InlineData(2, 100, 3, "INCONCLUSIVE")]
    public async Task A_saved_series_is_judged_and_the_exit_code_tells(int snapshots, int leakedEach, int code, string word)
    {
        FakeSeries.Save(Path.Combine(_folder, "series"), snapshots, leakedEach);
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "leaks", "series");
        Assert.Equal((code, ""), (result.ExitCode, result.Error));
        Assert.StartsWith(word + "  series", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public async Task The_leaking_function_is_named_in_text_and_in_json()
    {
        FakeSeries.Save(Path.Combine(_folder, "series"), snapshots: 14, leakedEach: 100);
        PlumbResult text = await PlumbProcess.RunAsync(_folder, "leaks", "series");
        PlumbResult json = await PlumbProcess.RunAsync(_folder, "leaks", "series", "--json");
        Assert.Contains("main.(*shop).order", text.Output, StringComparison.Ordinal);
        Assert.Equal(1, json.ExitCode);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        JsonElement finding = document.RootElement.GetProperty("findings")[0];
        Assert.Equal("main.(*shop).order", finding.GetProperty("function").GetString());
        Assert.InRange(finding.GetProperty("perSecond").GetDouble(), 19, 21);
        Assert.InRange(finding.GetProperty("perRequest").GetDouble(), 0.38, 0.42);
    }

    [Fact]
    public async Task One_run_can_be_reported_in_every_form()
    {
        FakeSeries.Save(Path.Combine(_folder, "series"), snapshots: 14, leakedEach: 100);
        File.WriteAllText(Path.Combine(_folder, "r.json"), "an older report that is longer than nothing");
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "leaks", "series", "-o", "r.html", "-o", "r.md", "-o", "r.sarif", "-o", "r.json", "--output", "/dev/null", "--format", "json");
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("LEAK  series", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(Path.Combine(_folder, "r.html")), StringComparison.Ordinal);
        Assert.Contains("class=\"flame\"", File.ReadAllText(Path.Combine(_folder, "r.html")), StringComparison.Ordinal);
        Assert.StartsWith("## ", File.ReadAllText(Path.Combine(_folder, "r.md")), StringComparison.Ordinal);
        Assert.Empty(Reports.JsonSchema.Read("leaks.schema.json").Faults(File.ReadAllText(Path.Combine(_folder, "r.json"))));
        using JsonDocument sarif = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "r.sarif")));
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        Assert.Equal(5, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Theory]
    [InlineData("--format", "pdf")]
    [InlineData("-o", "no/such/folder/report.html")]
    [InlineData("-o", "report")]
    [InlineData("--for", "5x")]
    [InlineData("--rate", "fast")]
    [InlineData("--rate", "0")]
    [InlineData("--connections", "0")]
    [InlineData("--snapshots", "1")]
    [InlineData("--every", "1ms")]
    [InlineData("--memory-limit", "lots")]
    [InlineData("--timeout", "0")]
    [InlineData("--load", "ftp://x/")]
    [InlineData("--load", "http://192.0.2.1/")]
    [InlineData("--metrics", "file:///etc/passwd")]
    [InlineData("--bogus", "x")]
    public async Task A_command_line_that_makes_no_sense_is_error_2_with_a_reason(string option, string value)
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => FakeSeries.Goroutine(0));
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "leaks", server.Url, option, value);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("plumb leaks: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9", "connection refused")]
    [InlineData("http://no-such-host.invalid", "no host named")]
    [InlineData("6060", "localhost:6060")]
    [InlineData("ftp://shop", "only http and https")]
    public async Task A_target_that_cannot_be_reached_is_error_2_with_a_reason(string target, string reason)
    {
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "leaks", target);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_no_series_is_error_2()
    {
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "leaks", ".");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("series.jsonl", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_website_is_not_taken_for_a_service()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => "<!doctype html><title>shop</title>"u8.ToArray());
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "leaks", server.Url);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("HTML", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profiles_that_are_none_leave_nothing_to_judge()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => "\u001b]0;owned\u0007 this is no profile"u8.ToArray());
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "leaks", server.Url, "--every", "100ms", "--snapshots", "3");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("cannot be read", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Fact]
    public async Task A_gzip_bomb_is_refused_in_bounded_memory()
    {
        byte[] bomb = Bomb(mebibytes: 256);
        await using LoopbackServer server = LoopbackServer.Of(path => path.Contains("/heap", StringComparison.Ordinal) ? bomb : FakeSeries.Goroutine(0));
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "leaks", server.Url, "--every", "500ms", "--snapshots", "2", "--json");
        using JsonDocument document = JsonDocument.Parse(result.Output);
        Assert.Equal(2, document.RootElement.GetProperty("snapshots").GetInt32());
        Assert.Contains("heap profile cannot be read", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leak_is_found_live_saved_and_judged_again()
    {
        int goroutines = 0;
        await using LoopbackServer server = LoopbackServer.Of(path => path switch
        {
            "/debug/pprof/heap?gc=1" => FakeSeries.Heap(),
            "/debug/pprof/goroutine" => FakeSeries.Goroutine(200 * goroutines++),
            _ => null,
        });
        PlumbResult live = null!;
        JsonElement report = default;
        string series = "";
        await Pace.FindAsync(150, async every =>
        {
            series = $"series-{every}";
            live = await PlumbProcess.RunAsync(_folder, "leaks", server.Url, "--every", $"{every}ms", "--snapshots", "16", "--save", series, "--json");
            report = JsonDocument.Parse(live.Output).RootElement;
            return report.GetProperty("snapshots").GetInt32() == 16;
        });
        Assert.Equal((1, 16), (live.ExitCode, report.GetProperty("snapshots").GetInt32()));
        Assert.Equal("main.(*shop).order", report.GetProperty("findings")[0].GetProperty("function").GetString());
        Assert.Contains("snapshot 16 of 16", live.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', live.Error);

        PlumbResult again = await PlumbProcess.RunAsync(_folder, "leaks", series);
        Assert.Equal(1, again.ExitCode);
        PlumbResult refused = await PlumbProcess.RunAsync(_folder, "leaks", server.Url, "--save", series);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("already", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_is_made_and_reported()
    {
        JsonElement report = default;
        int served = 0;
        await Pace.FindAsync(200, async every =>
        {
            await using LoopbackServer server = LoopbackServer.Of(path =>
                path.StartsWith("/debug/pprof/goroutine", StringComparison.Ordinal) ? FakeSeries.Goroutine(0) : path == "/buy" ? "ok"u8.ToArray() : null);
            PlumbResult result = await PlumbProcess.RunAsync(
                _folder, "leaks", server.Url, "--every", $"{every}ms", "--snapshots", "6", "--load", "/buy", "--rate", "100", "--json");
            report = JsonDocument.Parse(result.Output).RootElement;
            served = server.Requests.Count(path => path == "/buy");
            return report.GetProperty("snapshots").GetInt32() == 6 && report.GetProperty("load").GetProperty("requests").GetInt64() >= 60;
        });
        long requests = report.GetProperty("load").GetProperty("requests").GetInt64();
        Assert.True(requests >= 60, $"{requests} requests in the time of a hundred or more");
        // What was under way when the report was made, on 32 connections, was served as well.
        Assert.InRange(served, requests, requests + 32 + (requests / 10));
        // From the first snapshot to the last.
        Assert.InRange(report.GetProperty("requests").GetDouble(), 50, requests);
    }

    [Fact]
    public async Task A_target_that_dies_half_way_is_judged_by_what_it_gave()
    {
        LoopbackServer? server = null;
        int heaps = 0;
        server = new LoopbackServer(async (path, stream, stop) =>
        {
            if (path.Contains("/heap", StringComparison.Ordinal) && Interlocked.Increment(ref heaps) == 6)
            {
                server!.Die();
                return;
            }

            byte[] body = path.Contains("/heap", StringComparison.Ordinal) ? FakeSeries.Heap() : FakeSeries.Goroutine(0);
            await LoopbackServer.SendAsync(stream, "200 OK", "application/octet-stream", body, stop);
        });
        await using (server)
        {
            PlumbResult result = await PlumbProcess.RunAsync(_folder, "leaks", server.Url, "--every", "100ms", "--snapshots", "100", "--json");
            using JsonDocument document = JsonDocument.Parse(result.Output);
            Assert.Equal(5, document.RootElement.GetProperty("snapshots").GetInt32());
            Assert.Contains("connection refused", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Ctrl_C_judges_what_was_seen_so_far()
    {
        await using LoopbackServer server = LoopbackServer.Of(path => path.StartsWith("/debug/pprof/", StringComparison.Ordinal) ? FakeSeries.Goroutine(0) : null);
        using PlumbProcess process = PlumbProcess.Start(_folder, "leaks", server.Url, "--every", "100ms", "--for", "1h", "--json");
        int Heaps() => server.Requests.Count(path => path.Contains("/heap", StringComparison.Ordinal));
        await process.UntilAsync(() => Heaps() >= 4);

        process.Interrupt();
        PlumbResult result = await process.EndAsync();
        using JsonDocument document = JsonDocument.Parse(result.Output);
        Assert.InRange(document.RootElement.GetProperty("snapshots").GetInt32(), 3, Heaps());
    }

    [Fact]
    public async Task Ctrl_C_before_the_first_snapshot_is_an_error()
    {
        await using var server = new LoopbackServer((_, _, stop) => Task.Delay(Timeout.Infinite, stop));
        using PlumbProcess process = PlumbProcess.Start(_folder, "leaks", server.Url, "--timeout", "1h");
        await process.UntilAsync(() => !server.Requests.IsEmpty);

        process.Interrupt();
        PlumbResult result = await process.EndAsync();
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("nothing to judge", result.Error, StringComparison.Ordinal);
    }

    private static byte[] Bomb(int mebibytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < mebibytes; i++)
            {
                gzip.Write(zeros);
            }
        }

        return packed.ToArray();
    }
}
