using System.Text.Json;
using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Scoring;

/// <summary>
/// Classes of causes, coarse enough that two people agree on them, and the patterns that belong to each (<c>bench/leaks/causes.json</c>). A
/// finding without a pattern is classed by its title.
/// </summary>
internal static class Causes
{
    private static readonly Dictionary<string, string[]> s_patterns = Load();

    /// <summary>Whether the finding's cause is in one of the classes. A name that is no class is taken for the id of a pattern.</summary>
    public static bool IsOneOf(AnswerFinding finding, IReadOnlyList<string> classes)
    {
        string name = finding.Pattern ?? $"title:{finding.Title}";
        return classes.Any(cause => cause == name || (s_patterns.TryGetValue(cause, out string[]? patterns) && patterns.Contains(name)));
    }

    /// <summary>Every pattern that has a class.</summary>
    public static IEnumerable<string> Patterns => s_patterns.Values.SelectMany(patterns => patterns).Where(name => !name.StartsWith("title:", StringComparison.Ordinal));

    private static Dictionary<string, string[]> Load()
    {
        using Stream json = typeof(Causes).Assembly.GetManifestResourceStream("causes.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(json)!;
    }
}
