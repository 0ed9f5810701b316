using System.Diagnostics.CodeAnalysis;

namespace Plumb.Cli.Leaks.Rendering;

/// <summary>The names of report formats, as options and as endings of files.</summary>
internal static class ReportFormats
{
    private static readonly (string Name, ReportFormat Format, string[] Endings)[] s_all =
    [
        ("terminal", ReportFormat.Terminal, [".txt", ".log"]),
        ("json", ReportFormat.Json, [".json"]),
        ("sarif", ReportFormat.Sarif, [".sarif", ".sarif.json"]),
        ("markdown", ReportFormat.Markdown, [".md", ".markdown"]),
        ("html", ReportFormat.Html, [".html", ".htm"]),
    ];

    /// <summary>"terminal, json, sarif, markdown or html".</summary>
    public static string Names(IReadOnlyCollection<ReportFormat> formats)
    {
        string[] names = [.. s_all.Where(one => formats.Contains(one.Format)).Select(one => one.Name)];
        return $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    public static bool TryParse(string name, out ReportFormat format)
    {
        int index = Array.FindIndex(s_all, one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        format = index < 0 ? default : s_all[index].Format;
        return index >= 0;
    }

    /// <summary>The format that a file's name asks for; the longest ending decides, so that x.sarif.json is SARIF.</summary>
    public static bool TryGuess(string path, [NotNullWhen(true)] out ReportFormat? format)
    {
        format = s_all
            .SelectMany(one => one.Endings, (one, ending) => (one.Format, Ending: ending))
            .Where(one => path.EndsWith(one.Ending, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(one => one.Ending.Length)
            .Select(one => (ReportFormat?)one.Format)
            .FirstOrDefault();
        return format is not null;
    }
}
