using System.Globalization;
using System.Text.Json;
using Plumb.Evaluation.Scoring;
using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Tests;

/// <summary>Series and answers as short as a test needs them.</summary>
internal static class Answers
{
    private static readonly JsonSerializerOptions s_truth = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static AnswerFinding Finding(string function, string? pattern = "nil-channel", double confidence = 0.9, params AnswerSeries[] evidence) =>
        new(function, pattern, "Live memory grows", "leak", confidence, ["goroutine"], evidence);

    /// <summary>A curve that rises evenly by <paramref name="perSecond"/>, a point each second.</summary>
    public static AnswerSeries Curve(string name, int points, double perSecond) =>
        new(name, "goroutine", perSecond, [.. Enumerable.Range(0, points).Select(i => (double)i)], [.. Enumerable.Range(0, points).Select(i => (double?)(i * perSecond))]);

    public static Answer Answer(string verdict, params AnswerFinding[] findings) => new(verdict, null, 12, 11, findings);

    public static SavedSeries Series(TestFolder folder, string name, Truth truth, int snapshots = 12)
    {
        string path = folder.Write($"{name}/series.jsonl", string.Concat(Enumerable.Range(0, snapshots).Select(Line)));
        folder.Write($"{name}/truth.json", JsonSerializer.Serialize(truth, s_truth));
        for (int i = 0; i < snapshots; i++)
        {
            folder.Write(string.Create(CultureInfo.InvariantCulture, $"{name}/{i:000}.pb.gz"), "profile");
            folder.Write(string.Create(CultureInfo.InvariantCulture, $"{name}/{i:000}.txt.gz"), "text");
        }

        return SavedSeries.Open("set", name, Path.GetDirectoryName(path)!);
    }

    private static string Line(int number) => FormattableString.Invariant(
        $$$"""{"seq": {{{number}}}, "at": "2026-11-21T08:00:{{{number:00}}}.000Z", "files": {"goroutine": "{{{number:000}}}.pb.gz", "goroutine2": "{{{number:000}}}.txt.gz"}}""") + "\n";

    public static Outcome Outcome(TestFolder folder, Truth truth, Answer answer, int count = 12)
    {
        string name = Guid.NewGuid().ToString("N");
        return new Outcome(new Trial(Series(folder, name, truth), 0, count), answer);
    }
}
