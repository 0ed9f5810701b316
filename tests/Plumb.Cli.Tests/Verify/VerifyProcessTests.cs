using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumb.Cli.Tests.Leaks;
using Plumb.Cli.Tests.Leaks.Reports;
using Plumb.Collectors.Tests;

namespace Plumb.Cli.Tests.Verify;

/// <summary>The command as a pipeline sees it.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class VerifyProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-verify-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, 14, 0, "GONE", "no longer leaks")]
    [InlineData(100, 14, 1, "STILL LEAKS", "still leaks")]
    [InlineData(0, 3, 3, "UNCLEAR", "too few snapshots")]
    public async Task A_saved_series_is_verified_and_the_exit_code_tells(int leakedNow, int snapshots, int code, string word, string reason)
    {
        await ReportALeakAsync();
        FakeSeries.Save(Path.Combine(_folder, "after"), snapshots, leakedNow);
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "verify", "after", "--against", "leak.json", "-o", "v.json", "-o", "v.md");
        Assert.Equal((code, ""), (result.ExitCode, result.Error));
        Assert.StartsWith($"{word}  after", result.Output, StringComparison.Ordinal);
        Assert.Contains(reason, result.Output, StringComparison.Ordinal);
        Assert.Empty(JsonSchema.Read("verify.schema.json").Faults(File.ReadAllText(Path.Combine(_folder, "v.json"))));
        Assert.Contains("`main.(*shop).order`", File.ReadAllText(Path.Combine(_folder, "v.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leak_that_the_report_does_not_know_fails_the_pipeline()
    {
        await ReportALeakAsync();
        string other = File.ReadAllText(Path.Combine(_folder, "leak.json"))
            .Replace("main.(*shop).order", "main.elsewhere", StringComparison.Ordinal);
        using (JsonDocument document = JsonDocument.Parse(other))
        {
            string fingerprint = document.RootElement.GetProperty("findings")[0].GetProperty("fingerprint").GetString()!;
            File.WriteAllText(Path.Combine(_folder, "other.json"), other.Replace(fingerprint, new string('0', 32), StringComparison.Ordinal));
        }

        PlumbResult result = await PlumbProcess.RunAsync(_folder, "verify", "before", "--against", "other.json");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("NEW LEAK  before", result.Output, StringComparison.Ordinal);
        Assert.Contains("main.(*shop).order", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_and_the_load_of_the_report_are_repeated()
    {
        PlumbResult before = null!;
        PlumbResult after = null!;
        int every = 0;
        int loaded = 0;
        await Pace.FindAsync(400, async millis =>
        {
            every = millis;
            await using LoopbackServer leaking = Server(each: 60);
            before = await PlumbProcess.RunAsync(_folder, "leaks", leaking.Url, "--every", $"{every}ms", "--snapshots", "12", "--load", leaking.Url + "/work", "--rate", "40", "-q", "-o", "leak.json");
            if (SnapshotsOf("leak.json") < 12)
            {
                return false;
            }

            await using LoopbackServer mended = Server(each: 0);
            after = await PlumbProcess.RunAsync(_folder, "verify", mended.Url, "--against", "leak.json", "-o", "after.json");
            // The address of the load was one of the leaking service; the mended one, elsewhere, is loaded.
            loaded = mended.Requests.Count(path => path.Contains("/work", StringComparison.Ordinal));
            return SnapshotsOf("after.json") == 12;
        });
        double seconds = 11 * every / 1000.0;
        Assert.Equal((1, ""), (before.ExitCode, before.Error));
        Assert.True(after.ExitCode == 0, after.Output + after.Error);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"12 snapshots in {(seconds < 10 ? seconds : Math.Round(seconds))} s"), after.Error, StringComparison.Ordinal);
        Assert.InRange(loaded / (40 * seconds), 0.35, 1.35);
    }

    [Fact]
    public async Task Requests_that_all_fail_prove_no_mend()
    {
        PlumbResult after = null!;
        await Pace.FindAsync(300, async every =>
        {
            await using LoopbackServer leaking = Server(each: 60);
            await PlumbProcess.RunAsync(_folder, "leaks", leaking.Url, "--every", $"{every}ms", "--snapshots", "10", "--load", "/work", "--rate", "40", "-q", "-o", "leak.json");
            if (SnapshotsOf("leak.json") < 10)
            {
                return false;
            }

            await using LoopbackServer other = Server(each: 0);
            after = await PlumbProcess.RunAsync(_folder, "verify", other.Url, "--against", "leak.json", "--load", "/gone", "-q", "-o", "v.json");
            return SnapshotsOf("v.json") == 10;
        });
        Assert.True(after.ExitCode == 3, after.Output + after.Error);
        Assert.Contains("100 % more of the requests failed", after.Output, StringComparison.Ordinal);
        Assert.Contains("status 4xx", after.Output, StringComparison.Ordinal);
        Assert.Empty(JsonSchema.Read("verify.schema.json").Faults(File.ReadAllText(Path.Combine(_folder, "v.json"))));
    }

    [Fact]
    public async Task A_suspicion_of_the_report_that_is_proven_now_is_news()
    {
        await ReportALeakAsync();
        // The report's only finding becomes a suspicion, and another leak is what is verified.
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "leak.json")))!;
        var findings = report["findings"]!.AsArray();
        JsonNode elsewhere = findings[0]!.DeepClone();
        findings[0]!["verdict"] = "suspicious";
        elsewhere["fingerprint"] = new string('0', 32);
        elsewhere["function"] = "main.elsewhere";
        findings.Add(elsewhere);
        File.WriteAllText(Path.Combine(_folder, "two.json"), report.ToJsonString());
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "verify", "before", "--against", "two.json");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("NEW LEAK  before", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no leak to", "none.json")]
    [InlineData("is no report", "broken.json")]
    [InlineData("cannot be read", "missing.json")]
    [InlineData("no finding '7'", "leak.json", "--leak", "7")]
    [InlineData("no report that can be verified", "old.json")]
    public async Task A_report_that_is_of_no_use_is_error_2_with_a_reason(string reason, string report, params string[] options)
    {
        await ReportALeakAsync();
        FakeSeries.Save(Path.Combine(_folder, "healthy"), 14, 0);
        await PlumbProcess.RunAsync(_folder, "leaks", "healthy", "-o", "none.json");
        File.WriteAllText(Path.Combine(_folder, "broken.json"), "{\"schema\": [}");
        File.WriteAllText(Path.Combine(_folder, "old.json"), File.ReadAllText(Path.Combine(_folder, "leak.json")).Replace("\"schema\": 1", "\"schema\": 9", StringComparison.Ordinal));
        PlumbResult result = await PlumbProcess.RunAsync(_folder, ["verify", "healthy", "--against", report, .. options]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(reason.Replace("no leak to", "tells of no leak", StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private int SnapshotsOf(string report)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, report)));
        return document.RootElement.GetProperty("snapshots").GetInt32();
    }

    private async Task ReportALeakAsync()
    {
        FakeSeries.Save(Path.Combine(_folder, "before"), 14, 100);
        PlumbResult result = await PlumbProcess.RunAsync(_folder, "leaks", "before", "-o", "leak.json");
        Assert.Equal(1, result.ExitCode);
    }

    private static LoopbackServer Server(int each)
    {
        int asked = 0;
        return LoopbackServer.Of(path => path switch
        {
            _ when path.Contains("debug=2", StringComparison.Ordinal) => null,
            _ when path.Contains("/goroutineleak", StringComparison.Ordinal) => null,
            _ when path.Contains("/goroutine", StringComparison.Ordinal) => FakeSeries.Goroutine(each * Interlocked.Increment(ref asked)),
            _ when path.Contains("/heap", StringComparison.Ordinal) => FakeSeries.Heap(),
            _ when path.Contains("/work", StringComparison.Ordinal) => "done"u8.ToArray(),
            _ => null,
        });
    }
}
