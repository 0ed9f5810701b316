using System.Text.Json;

namespace Plumb.Evaluation.Series;

/// <summary>What <c>plumb leaks --json</c> answered, as far as it is scored.</summary>
internal sealed record Answer(string Verdict, string? Reason, int Snapshots, double DurationSeconds, IReadOnlyList<AnswerFinding> Findings)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public bool IsLeak => Verdict == "leak";

    /// <summary>Those that are called leaks, in the order of the report.</summary>
    public IEnumerable<AnswerFinding> Leaks => Findings.Where(finding => finding.Verdict == "leak");

    public static Answer Parse(string json) => JsonSerializer.Deserialize<Answer>(json, s_options) ?? throw new JsonException("expected an answer, found null");
}

internal sealed record AnswerFinding(
    string Function, string? Pattern, string Title, string Verdict, double Confidence, IReadOnlyList<string> Resources, IReadOnlyList<AnswerSeries> Evidence);

/// <summary>One curve that a finding rests on.</summary>
internal sealed record AnswerSeries(string Name, string Resource, double PerSecond, IReadOnlyList<double> Seconds, IReadOnlyList<double?> Values);
