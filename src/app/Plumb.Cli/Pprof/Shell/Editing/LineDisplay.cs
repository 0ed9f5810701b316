using System.Globalization;
using System.Text;

namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>
/// Shows the line that is being edited, on as many rows as it needs. Everything is drawn anew on each change, with the few sequences that every
/// terminal since the VT100 knows; no colours.
/// </summary>
internal sealed class LineDisplay(ITerminal terminal)
{
    private const string ClearToEnd = "\e[J";
    private const string ClearScreen = "\e[H\e[2J";

    // How far the cursor is below the row of the prompt.
    private int _row;

    /// <summary>The screen's cursor is at the start of a free row.</summary>
    public void Begin() => _row = 0;

    public void Draw(string prompt, string text, int cursor)
    {
        int width = Math.Max(terminal.Width, 2);
        var output = new StringBuilder(StartOfPrompt()).Append(ClearToEnd).Append(prompt).Append(text);
        (int row, int column) end = Advance((0, 0), prompt + text, width);

        // After the last column a terminal waits with the cursor on it; a line feed moves on, which the rows are counted by.
        if (end.column == 0 && end.row > 0)
            output.Append("\r\n");

        (int row, int column) target = Advance((0, 0), prompt + text[..cursor], width);
        if (end.row > target.row)
            output.Append(CultureInfo.InvariantCulture, $"\e[{end.row - target.row}A");

        output.Append('\r');
        if (target.column > 0)
            output.Append(CultureInfo.InvariantCulture, $"\e[{target.column}C");

        _row = target.row;
        terminal.Write(output.ToString());
    }

    /// <summary>Leaves the line as it is and goes on below it.</summary>
    public void End(string prompt, string text, string mark = "")
    {
        Draw(prompt, text, text.Length);
        terminal.Write($"{mark}\r\n");
        _row = 0;
    }

    public void Clear()
    {
        terminal.Write(ClearScreen);
        _row = 0;
    }

    private string StartOfPrompt() => _row == 0 ? "\r" : string.Create(CultureInfo.InvariantCulture, $"\r\e[{_row}A");

    private static (int Row, int Column) Advance((int Row, int Column) at, string text, int width)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            int cells = TextCells.Of(rune);
            // A wide character does not fit into the last column.
            if (at.Column + cells > width)
                at = (at.Row + 1, 0);

            at.Column += cells;
            if (at.Column == width)
                at = (at.Row + 1, 0);
        }

        return at;
    }
}
