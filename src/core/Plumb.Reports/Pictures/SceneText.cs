using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Reports.Layouts;

namespace Plumb.Reports.Pictures;

/// <summary>Texts as they are drawn: harmless, and of a size that a box can have.</summary>
internal static class SceneText
{
    public const double LineHeight = 1.2;

    private const int MaxLines = 24;
    private const int MaxLineLength = 120;
    private const int MaxTooltipLength = 4_000;

    public static ImmutableArray<string> Lines(IReadOnlyCollection<string> lines)
    {
        IEnumerable<string> shown = lines.Count <= MaxLines ? lines : [.. lines.Take(MaxLines / 2), "…", .. lines.TakeLast((MaxLines / 2) - 1)];
        return [.. shown.Select(line => Cut(line, MaxLineLength))];
    }

    public static string Tooltip(string text) => Cut(text, MaxTooltipLength);

    public static LayoutNode Size(ImmutableArray<string> lines, double fontSize) => lines.IsEmpty
        ? default
        : new LayoutNode(lines.Max(line => TextWidths.Of(line, fontSize)), lines.Length * fontSize * LineHeight);

    // The ends of a name tell more than its middle.
    private static string Cut(string text, int length)
    {
        if (text.Length > length)
            text = $"{text[..(length / 2)]}…{text[^((length / 2) - 1)..]}";

        return TerminalText.Escape(text);
    }
}
