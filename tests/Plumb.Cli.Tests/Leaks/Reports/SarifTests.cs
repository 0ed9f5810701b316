using System.Text.Json;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering.Sarif;
using Plumb.Cli.Leaks.Sources;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Tests.Leaks.Reports;

public sealed class SarifTests
{
    [Fact]
    public void A_leak_is_a_result_with_its_rule() => GoldenFile.Matches("leak.sarif", Versionless(Show(Samples.Leak)));

    public static TheoryData<string> Diagnoses => ["leak", "none", "inconclusive", "hostile", "suspicious"];

    [Theory]
    [MemberData(nameof(Diagnoses))]
    public void A_log_keeps_the_rules_of_the_standard(string which)
    {
        string log = Show(which switch
        {
            "leak" => Samples.Leak,
            "none" => Samples.None,
            "inconclusive" => Samples.Inconclusive,
            "hostile" => Samples.Hostile,
            _ => Samples.Leak with { Findings = [.. Samples.Leak.Findings.Select(finding => finding with { Verdict = LeakVerdict.Suspicious, Stack = [], Frame = null })] },
        });
        Assert.Empty(SarifRules.Schema.Faults(log));
        Assert.Empty(SarifRules.Faults(log));
    }

    [Fact]
    public void Every_location_is_relative_and_stays_below_the_root()
    {
        Finding finding = Samples.Leak.Findings[0] with { File = "/etc/../../root/.ssh/../a b#?.go", Frame = null };
        using JsonDocument log = JsonDocument.Parse(Show(Samples.Leak with { Findings = [finding, Samples.Hostile.Findings[0]] }));
        List<string> uris = [];
        Collect(log.RootElement, uris);
        Assert.NotEmpty(uris);
        Assert.All(uris, uri =>
        {
            Assert.True(Uri.TryCreate(uri, UriKind.Relative, out _), uri);
            Assert.False(uri.StartsWith('/'), uri);
            Assert.DoesNotContain("..", uri, StringComparison.Ordinal);
            Assert.DoesNotContain(uri, c => c is <= ' ' or > '~' or '#' or '?');
        });
    }

    [Fact]
    public void A_result_without_any_stack_has_no_flow_and_no_place()
    {
        Finding finding = Samples.Leak.Findings[1] with { Function = "(unknown)", File = null, Line = 0 };
        using JsonDocument log = JsonDocument.Parse(Show(Samples.Leak with { Findings = [finding] }));
        JsonElement result = log.RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal(0, result.GetProperty("codeFlows").GetArrayLength());
        Assert.False(result.GetProperty("locations")[0].TryGetProperty("physicalLocation", out _));
        Assert.Equal("growth/heap", result.GetProperty("ruleId").GetString());
    }

    [Fact]
    public void A_defect_keeps_its_fingerprint_when_lines_paths_and_figures_change()
    {
        Finding before = Samples.Leak.Findings[0];
        Finding after = before with { File = "/elsewhere/users.go", Line = 99, PerSecond = 7, Confidence = 0.8, Frame = null, Stack = [] };
        Assert.Equal(LeakFingerprint.Of([before]), LeakFingerprint.Of([after]));
    }

    [Fact]
    public void Different_defects_have_different_fingerprints()
    {
        Finding finding = Samples.Leak.Findings[0];
        IReadOnlyList<string> fingerprints = LeakFingerprint.Of(
        [
            finding,
            finding,
            finding with { Function = "main.other" },
            finding with { Pattern = "http-body-not-closed" },
            finding with { File = "/build/shop/orders.go" },
        ]);
        Assert.Equal(5, fingerprints.Distinct().Count());
        Assert.All(fingerprints, fingerprint => Assert.Matches("^[0-9a-f]{32}$", fingerprint));
    }

    private static string Versionless(string log) =>
        log.Replace(Program.Version().Replace("+", "\\u002B", StringComparison.Ordinal), "VERSION", StringComparison.Ordinal);

    private static void Collect(JsonElement element, List<string> uris)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.Name == "uri")
                {
                    uris.Add(property.Value.GetString()!);
                }

                Collect(property.Value, uris);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Collect(item, uris);
            }
        }
    }

    private static string Show(Diagnosis diagnosis)
    {
        using var output = new StringWriter();
        new DiagnosisSarif(output, new SourceFolders([])).Write(new LeaksOutcome("http://127.0.0.1:6060", diagnosis, Samples.Load()));
        return output.ToString();
    }
}
