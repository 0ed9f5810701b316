using System.Diagnostics;
using System.Text.Json;
using Plumb.Cli.Tests.Leaks;
using Plumb.Collectors.Tests;

namespace Plumb.Cli.Tests.Stress;

/// <summary>The command as a pipeline sees it.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class StressProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-stress-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_asked_rate_is_kept_within_a_percent_and_everything_is_told_in_JSON()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => "ok"u8.ToArray());
        var clock = Stopwatch.StartNew();
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "stress", server.Url + "/buy/{n}", "--rate", "500", "--for", "3s", "--json");
        double wholeRun = clock.Elapsed.TotalSeconds;
        Assert.Equal(0, result.ExitCode);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        JsonElement root = document.RootElement;
        Assert.Equal(1500, root.GetProperty("requests").GetInt64());
        Assert.InRange(UsualRate(server.Arrivals), 495, 505);
        // The last answer ends the duration, and on a machine that stalls it may be late; what is told is the rate of the time that passed.
        // A timer may be a millisecond early.
        double duration = root.GetProperty("durationSeconds").GetDouble();
        Assert.InRange(duration, 2.997, wholeRun);
        Assert.Equal(1500 / duration, root.GetProperty("perSecond").GetDouble(), 0.01);
        Assert.Equal("due", root.GetProperty("latency").GetProperty("from").GetString());
        double[] quantiles = [.. root.GetProperty("latency").GetProperty("millis").EnumerateObject().Select(one => one.Value.GetDouble())];
        Assert.Equal(8, quantiles.Length);
        Assert.Equal(quantiles.Order(), quantiles);
        Assert.Equal(1500, root.GetProperty("statuses").GetProperty("200").GetInt64());
        Assert.Equal(Enumerable.Range(1, 1500).Select(n => $"/buy/{n}").Order(), server.Requests.Order());
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("49", 1)]
    [InlineData("51", 0)]
    public async Task More_failed_requests_than_allowed_are_exit_code_1(string allowed, int code)
    {
        int served = 0;
        await using LoopbackServer server = LoopbackServer.Of(_ => Interlocked.Increment(ref served) % 2 == 0 ? "ok"u8.ToArray() : null);
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "stress", server.Url, "-n", "100", "-c", "2", "--max-errors", allowed);
        Assert.Equal(code, result.ExitCode);
        Assert.StartsWith("100 requests", result.Output, StringComparison.Ordinal);
        Assert.Contains("50 status 4xx", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_told_as_refused()
    {
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "stress", "http://127.0.0.1:9", "-n", "5", "-c", "1", "--json");
        using JsonDocument document = JsonDocument.Parse(result.Output);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(5, document.RootElement.GetProperty("errorKinds").GetProperty("refused").GetInt64());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("latency").ValueKind);
    }

    [Fact]
    public async Task Curl_commands_are_sent_with_bodies_from_their_own_folder_only()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => "ok"u8.ToArray());
        await File.WriteAllTextAsync(Path.Combine(_folder, "requests.curl"), $"curl {server.Url}/a -H 'X-One: 1'\ncurl {server.Url}/b\n");
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "stress", "--curl", "requests.curl", "-n", "20", "-c", "1", "-q");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["/a", "/b"], server.Requests.Distinct().Order());
        Assert.Contains("X-One: 1", server.Headers);

        await File.WriteAllTextAsync(Path.Combine(_folder, "evil.curl"), $"curl {server.Url}/a\ncurl {server.Url}/steal -d @../../etc/passwd\n");
        PlumbResult refused = await PlumbProcess.RunAsync(_folder, "stress", "--curl", "evil.curl", "-n", "20");
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("leaves its folder", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("/steal", server.Requests);
    }

    [Fact]
    public async Task An_access_log_is_requested_as_often_as_it_says()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => "ok"u8.ToArray());
        string Line(string path) => $"1.2.3.4 - - [x] \"GET {path} HTTP/1.1\" 200 5\n";
        await File.WriteAllTextAsync(Path.Combine(_folder, "access.log"), string.Concat(Enumerable.Repeat(Line("/often"), 9)) + Line("/once{n}"));
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "stress", server.Url, "--access-log", "access.log", "-n", "100", "-c", "2", "-q");
        Assert.Equal(0, result.ExitCode);
        Assert.InRange(server.Requests.Count(path => path == "/often"), 87, 93);
        // What a log says is literal, even when it looks like a place that varies.
        Assert.Equal(["/often", "/once%7Bn%7D"], server.Requests.Distinct().Order());
    }

    [Theory]
    [InlineData("what is to be requested")]
    [InlineData("there is no host", "http://no-such-host.invalid")]
    [InlineData("is not this machine", "http://192.0.2.1")]
    [InlineData("two loads", "--curl", "x", "--access-log", "y")]
    [InlineData("cannot be read", "--curl", "missing")]
    [InlineData("is larger than 32 MiB", "--curl", "/dev/zero")]
    [InlineData("--http2", "http://localhost", "--streams", "4")]
    [InlineData("--rate", "http://localhost", "--rate", "0")]
    [InlineData("from 1 to", "http://localhost", "--connections", "100000")]
    [InlineData("not a duration", "http://localhost", "--for", "soon")]
    [InlineData("is no header", "http://localhost", "--header", "nocolon")]
    [InlineData("not an http", "ftp://localhost")]
    [InlineData("end of a line", "http://localhost", "--header", "A: b\r\nC: d")]
    public async Task A_command_line_that_makes_no_sense_is_error_2_with_a_reason(string reason, params string[] arguments)
    {
        PlumbResult result = await PlumbProcess.RunAsync(_folder, ["stress", .. arguments]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("plumb stress: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_load_with_its_report()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => "ok"u8.ToArray());
        using PlumbProcess process = PlumbProcess.Start(_folder, "stress", server.Url, "--rate", "100", "--for", "1h", "--json");
        await process.UntilAsync(() => server.Requests.Count >= 50);

        process.Interrupt();
        PlumbResult result = await process.EndAsync();
        using JsonDocument document = JsonDocument.Parse(result.Output);
        Assert.True(document.RootElement.GetProperty("interrupted").GetBoolean());
        // Those under way, one on each of the 32 connections at most, are not counted.
        Assert.InRange(document.RootElement.GetProperty("requests").GetInt64(), 50 - 32, server.Requests.Count);
        Assert.Equal(0, result.ExitCode);
    }

    /// <summary>The median of the rates at which half of the requests that follow each other came. A moment in which the machine ran
    /// something else delays those of that moment and leaves it as it is; a rate that is not kept changes every one.</summary>
    private static double UsualRate(IEnumerable<long> arrivals)
    {
        long[] at = [.. arrivals.Order()];
        int half = at.Length / 2;
        double[] seconds = [.. at.Skip(half).Zip(at, (late, early) => Stopwatch.GetElapsedTime(early, late).TotalSeconds).Order()];
        return half / seconds[seconds.Length / 2];
    }
}
