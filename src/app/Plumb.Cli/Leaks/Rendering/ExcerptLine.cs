using Plumb.Cli.Leaks.Sources;

namespace Plumb.Cli.Leaks.Rendering;

/// <summary>A line of a source excerpt as it is shown: without the indentation that all lines share, tabs as four spaces.</summary>
/// <param name="Number">1-based.</param>
/// <param name="Text">Not made safe for any format yet.</param>
/// <param name="Matters">Whether it is the line that is meant.</param>
internal readonly record struct ExcerptLine(int Number, string Text, bool Matters)
{
    public static IReadOnlyList<ExcerptLine> Of(SourceExcerpt excerpt)
    {
        int common = excerpt.Lines.Where(line => line.Trim().Length > 0).Select(Indentation).DefaultIfEmpty(0).Min();
        return [.. excerpt.Lines.Select((line, i) => new ExcerptLine(excerpt.FirstLine + i, Untabbed(line, common), excerpt.FirstLine + i == excerpt.Line))];
    }

    private static int Indentation(string line) => line.Length - line.TrimStart('\t', ' ').Length;

    private static string Untabbed(string line, int common) =>
        (line.Length >= common ? line[common..] : "").Replace("\t", "    ", StringComparison.Ordinal);
}
