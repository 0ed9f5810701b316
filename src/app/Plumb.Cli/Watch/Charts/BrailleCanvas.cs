using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumb.Cli.Watch.Charts;

/// <summary>Draws lines with braille characters: two dots across and four down in each. A character has one colour, that of the line drawn last.</summary>
internal sealed class BrailleCanvas
{
    private const int Blank = 0x2800;
    private static readonly int[,] s_dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly int[,] _cells;
    private readonly Color[,] _colours;
    private readonly Color?[] _marks;

    public BrailleCanvas(int width, int height)
    {
        _cells = new int[height, width];
        _colours = new Color[height, width];
        _marks = new Color?[width];
    }

    /// <summary>Dots across.</summary>
    public int Columns => _cells.GetLength(1) * 2;

    /// <summary>Dots down.</summary>
    public int Rows => _cells.GetLength(0) * 4;

    /// <summary>Draws values of 0 to 1, one for each column of dots, joined; NaN is a gap.</summary>
    public void Line(ReadOnlySpan<double> heights, Color colour)
    {
        int before = -1;
        for (int column = 0; column < Math.Min(heights.Length, Columns); column++)
        {
            if (!double.IsFinite(heights[column]))
            {
                before = -1;
                continue;
            }

            int row = (int)Math.Round(Math.Clamp(heights[column], 0, 1) * (Rows - 1));
            // From next to where the line was, so that a steep rise is no row of loose dots.
            int from = before < 0 || before == row ? row : before < row ? before + 1 : before - 1;
            for (int y = Math.Min(from, row); y <= Math.Max(from, row); y++)
            {
                Dot(column, y, colour);
            }

            before = row;
        }
    }

    /// <summary>A dotted line from top to bottom, behind everything else.</summary>
    /// <param name="column">In dots.</param>
    /// <param name="colour">Its colour.</param>
    public void Mark(int column, Color colour) => _marks[Math.Clamp(column / 2, 0, _marks.Length - 1)] = colour;

    /// <summary>The characters of a row, top first.</summary>
    public IEnumerable<Segment> Row(int y)
    {
        for (int x = 0; x < _marks.Length; x++)
        {
            yield return (_cells[y, x], _marks[x]) switch
            {
                (0, { } mark) => new Segment("┊", new Style(mark)),
                (0, null) => new Segment(" "),
                var (dots, _) => new Segment(((char)(Blank + dots)).ToString(), new Style(_colours[y, x])),
            };
        }
    }

    // Row 0 is at the bottom.
    private void Dot(int column, int row, Color colour)
    {
        int fromTop = Rows - 1 - row;
        _cells[fromTop / 4, column / 2] |= s_dots[fromTop % 4, column % 2];
        _colours[fromTop / 4, column / 2] = colour;
    }
}
