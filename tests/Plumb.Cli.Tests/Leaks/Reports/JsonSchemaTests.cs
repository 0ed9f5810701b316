using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Json;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Tests.Leaks.Reports;

public sealed class JsonSchemaTests
{
    public static TheoryData<string> Diagnoses => ["leak", "none", "inconclusive", "hostile"];

    [Theory]
    [MemberData(nameof(Diagnoses))]
    public void What_is_printed_follows_the_published_schema(string name) =>
        Assert.Empty(JsonSchema.Read("leaks.schema.json").Faults(Write(Of(name))));

    [Fact]
    public void A_live_run_says_how_it_was_taken_so_that_it_can_be_repeated()
    {
        LeaksOutcome live = Of("leak") with
        {
            StartedAt = new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.FromHours(1)),
            Settings = new RunSettings(TimeSpan.FromSeconds(5), 13) { Load = new LoadSettings("/users/42", 200, 32) },
        };
        string json = Write(live);
        Assert.Empty(JsonSchema.Read("leaks.schema.json").Faults(json));
        Assert.Contains("\"startedAt\": \"2026-11-21T07:00:00.000Z\"", json, StringComparison.Ordinal);
        Assert.Contains("\"address\": \"/users/42\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", "$.schema")]
    [InlineData("\"verdict\": \"leak\"", "\"verdict\": \"maybe\"", "verdict")]
    [InlineData("\"snapshots\": 13", "\"snapshots\": 1.5", "$.snapshots")]
    [InlineData("\"confidence\": 0.994", "\"confidence\": 7", "$.findings[0].confidence")]
    [InlineData("\"line\": 46,", "", "$.findings[0]")]
    [InlineData("\"notes\":", "\"remarks\": 1, \"notes\":", "$.remarks")]
    public void A_document_that_does_not_follow_it_is_told_with_the_place(string right, string wrong, string place)
    {
        string json = Write(Of("leak"));
        Assert.Contains(right, json, StringComparison.Ordinal);
        Assert.Contains(JsonSchema.Read("leaks.schema.json").Faults(json.Replace(right, wrong, StringComparison.Ordinal)), fault => fault.Contains(place, StringComparison.Ordinal));
    }

    private static LeaksOutcome Of(string name)
    {
        Diagnosis diagnosis = name switch
        {
            "leak" => Samples.Leak,
            "none" => Samples.None,
            "inconclusive" => Samples.Inconclusive,
            _ => Samples.Hostile,
        };
        return new LeaksOutcome("http://127.0.0.1:6060", diagnosis, name == "leak" ? Samples.Load() : null);
    }

    private static string Write(LeaksOutcome outcome)
    {
        using var output = new StringWriter();
        LeaksJson.Write(output, outcome);
        return output.ToString();
    }
}
