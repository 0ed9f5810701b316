using System.Text.Json;
using Plumb.Cli.Tests.Leaks;
using Plumb.Cli.Tests.Leaks.Reports;
using Plumb.Collectors.Tests;

namespace Plumb.Cli.Tests.Compare;

/// <summary>The command as a pipeline sees it.</summary>
public sealed class CompareProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-compare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, 100, 14, 1, "WORSE")]
    [InlineData(100, 0, 14, 0, "SAME")]
    [InlineData(100, 100, 14, 0, "SAME")]
    [InlineData(0, 100, 4, 3, "INCONCLUSIVE")]
    public async Task Saved_series_are_compared_and_the_exit_code_tells(int leakedByOld, int leakedByNew, int snapshots, int code, string word)
    {
        FakeSeries.Save(Path.Combine(_folder, "old"), snapshots, leakedByOld);
        FakeSeries.Save(Path.Combine(_folder, "new"), snapshots, leakedByNew);
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "compare", "old", "new");
        Assert.Equal((code, ""), (result.ExitCode, result.Error));
        Assert.StartsWith($"{word}  old → new\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public async Task The_report_is_had_as_text_json_and_markdown()
    {
        FakeSeries.Save(Path.Combine(_folder, "old"), 14, 0);
        FakeSeries.Save(Path.Combine(_folder, "new"), 14, 100);
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "compare", "old", "new", "-o", "r.json", "-o", "r.md");
        GoldenFile.Matches("compare.txt", result.Output);
        GoldenFile.Matches("compare.md", File.ReadAllText(Path.Combine(_folder, "r.md")));
        string json = File.ReadAllText(Path.Combine(_folder, "r.json"));
        Assert.Empty(JsonSchema.Read("compare.schema.json").Faults(json));
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal("main.(*shop).order", document.RootElement.GetProperty("newLeaks")[0].GetProperty("function").GetString());
        Assert.Equal(0.4, document.RootElement.GetProperty("growth")[0].GetProperty("change").GetDouble(), 2);
    }

    [Fact]
    public async Task A_running_service_is_compared_with_a_saved_one()
    {
        FakeSeries.Save(Path.Combine(_folder, "old"), 14, 0);
        int asked = 0;
        await using LoopbackServer server = LoopbackServer.Of(path => path switch
        {
            // A service of before Go 1.26: what the other answers would be taken for goroutines that were proved stuck.
            _ when path.Contains("/goroutineleak", StringComparison.Ordinal) => null,
            _ when path.Contains("/goroutine", StringComparison.Ordinal) && !path.Contains("debug=2", StringComparison.Ordinal) => FakeSeries.Goroutine(50 * Interlocked.Increment(ref asked)),
            _ when path.Contains("/heap", StringComparison.Ordinal) => FakeSeries.Heap(),
            _ => null,
        });
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "compare", "old", server.Url, "--every", "400ms", "--snapshots", "12", "--save", "kept");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("main.(*shop).order", result.Output, StringComparison.Ordinal);
        Assert.Contains("new  snapshot 12 of 12", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "kept", "new", "series.jsonl")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "kept", "old")));
    }

    [Theory]
    [InlineData("both are saved series", "--load", "/x")]
    [InlineData("is not a share", "--tolerance", "much")]
    [InlineData("is not a format", "--format", "sarif")]
    [InlineData("--load-new needs --load", "--load-new", "http://127.0.0.1:1/")]
    public async Task A_command_line_that_makes_no_sense_is_error_2_with_a_reason(string reason, params string[] options)
    {
        FakeSeries.Save(Path.Combine(_folder, "s"), 3, 0);
        PlumbResult result = await PlumbProcess.RunAsync(_folder, ["compare", "s", "s", .. options]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_one_of_the_two_is_not_there_it_is_said_which()
    {
        FakeSeries.Save(Path.Combine(_folder, "s"), 14, 0);
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "compare", "s", "http://127.0.0.1:9", "-q");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("plumb compare: new: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("connection refused", result.Error, StringComparison.Ordinal);
    }
}
