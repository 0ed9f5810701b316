using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>Lays out what a line may go on with.</summary>
internal static class CandidateColumns
{
    private const int Most = 60;
    private const int Gap = 2;

    /// <summary>Rows, down the columns as <c>ls</c> does; of very many only the first.</summary>
    public static string Format(ImmutableArray<string> candidates, int screenWidth)
    {
        string[] shown = [.. candidates.Take(Most)];
        int width = shown.Max(TextCells.Of) + Gap;
        int columns = Math.Max(1, screenWidth / width);
        int rows = (shown.Length + columns - 1) / columns;
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            for (int i = row; i < shown.Length; i += rows)
            {
                bool isLast = i + rows >= shown.Length;
                text.Append(shown[i]).Append(' ', isLast ? 0 : width - TextCells.Of(shown[i]));
            }

            text.Append("\r\n");
        }

        if (candidates.Length > Most)
            text.Append(CultureInfo.InvariantCulture, $"… and {candidates.Length - Most} more\r\n");

        return text.ToString();
    }
}
