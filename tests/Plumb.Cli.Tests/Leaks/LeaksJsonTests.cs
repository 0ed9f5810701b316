using System.Text.Json;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Json;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Tests.Leaks;

public sealed class LeaksJsonTests
{
    [Fact]
    public void The_documented_format_is_written() => GoldenFile.Matches("leak.json", Write(Samples.Leak, withLoad: true));

    [Fact]
    public void What_is_not_known_is_null_and_never_NaN()
    {
        using JsonDocument document = JsonDocument.Parse(Write(Samples.Hostile));
        JsonElement finding = document.RootElement.GetProperty("findings")[0];
        Assert.Equal(JsonValueKind.Null, finding.GetProperty("perSecond").ValueKind);
        Assert.Equal(JsonValueKind.Null, finding.GetProperty("perRequest").ValueKind);
        Assert.Equal(JsonValueKind.Null, finding.GetProperty("evidence")[0].GetProperty("values")[0].ValueKind);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("load").ValueKind);
    }

    [Fact]
    public void Strings_of_an_attacker_are_escaped_and_come_back_whole()
    {
        string json = Write(Samples.Hostile);
        Assert.DoesNotContain(json, c => c != '\n' && (char.IsControl(c) || c > '~'));
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(Samples.Hostile.Reason, document.RootElement.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(LeakVerdict.Leak, "leak", 1)]
    [InlineData(LeakVerdict.None, "none", 0)]
    [InlineData(LeakVerdict.Suspicious, "suspicious", 3)]
    [InlineData(LeakVerdict.Inconclusive, "inconclusive", 3)]
    public void A_verdict_has_a_name_and_an_exit_code(LeakVerdict verdict, string name, int code)
    {
        using JsonDocument document = JsonDocument.Parse(Write(Samples.Leak with { Verdict = verdict }));
        Assert.Equal(name, document.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(code, ExitCodes.Of(verdict));
    }

    private static string Write(Diagnosis diagnosis, bool withLoad = false)
    {
        using var output = new StringWriter();
        LeaksJson.Write(output, new LeaksOutcome("http://127.0.0.1:6060", diagnosis, withLoad ? Samples.Load() : null));
        return output.ToString();
    }
}
