using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumb.Cli.Watch.Charts;

/// <summary>A chart with its legend and axis, as lines of exactly the given width.</summary>
internal sealed record ChartPanel(string Title, ChartUnit Unit, IReadOnlyList<ChartLine> Lines)
{
    private const int Gutter = 7;
    // A limit far above everything would press the lines flat.
    private const double NearLimit = 2.5;
    private static readonly Style s_dim = new(decoration: Decoration.Dim);
    private static readonly Style s_bold = new(decoration: Decoration.Bold);

    /// <summary>What must not be reached; NaN when nothing is known.</summary>
    public double Limit { get; init; } = double.NaN;

    /// <param name="time">Of the samples behind the lines.</param>
    /// <param name="marks">Moments to mark.</param>
    /// <param name="width">Characters across.</param>
    /// <param name="height">Lines, legend included.</param>
    public List<List<Segment>> Render(ChartTime time, IReadOnlyList<ChartMark> marks, int width, int height)
    {
        List<List<Segment>> lines = Legend(width);
        int rows = Math.Max(1, height - lines.Count);
        lines.AddRange(Chart(time, marks, width, rows));
        return [.. lines.Take(height).Select(line => Fitted(line, width))];
    }

    private List<List<Segment>> Legend(int width)
    {
        List<List<Segment>> lines = [];
        List<Segment> line = [new Segment(Title, s_bold)];
        int used = Title.Length;
        IEnumerable<(Segment Mark, string Text)> entries = Lines.Where(one => one.IsKnown)
            .Select(one => (new Segment("━", new Style(one.Colour)), $"{one.Name} {CompactQuantity.Of(one.Latest, Unit)}"));
        if (double.IsFinite(Limit))
        {
            entries = entries.Append((new Segment("┄", new Style(Color.Red)), $"limit {CompactQuantity.Of(Limit, Unit)}"));
        }

        foreach ((Segment mark, string text) in entries)
        {
            if (used + text.Length + 3 > width && used > 0)
            {
                lines.Add(line);
                (line, used) = ([], 0);
            }

            line.AddRange([new Segment(used == 0 ? "" : "  "), mark, new Segment(text)]);
            used += text.Length + (used == 0 ? 1 : 3);
        }

        lines.Add(line);
        return lines;
    }

    private IEnumerable<List<Segment>> Chart(ChartTime time, IReadOnlyList<ChartMark> marks, int width, int rows)
    {
        var canvas = new BrailleCanvas(Math.Max(2, width - Gutter), rows);
        double highest = Lines.SelectMany(line => line.Values).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        bool showsLimit = Limit <= NearLimit * highest;
        double top = ChartScale.Top(showsLimit ? Math.Max(highest, Limit) : highest, Unit);
        foreach (ChartMark mark in marks)
        {
            canvas.Mark(time.ColumnOf(mark.At, canvas.Columns), mark.Colour);
        }

        if (showsLimit)
        {
            // Every third dot.
            canvas.Line([.. Enumerable.Range(0, canvas.Columns).Select(column => column % 3 == 0 ? Limit / top : double.NaN)], Color.Red);
        }

        // The first line of the legend is drawn last, and so in front.
        foreach (ChartLine line in Lines.Where(line => line.IsKnown).Reverse())
        {
            canvas.Line(Array.ConvertAll(time.Spread(line.Values, canvas.Columns), value => value / top), line.Colour);
        }

        for (int row = 0; row < rows; row++)
        {
            string label = row == 0 ? CompactQuantity.Of(top, Unit) : row == rows - 1 ? "0" : "";
            yield return [new Segment(label.PadLeft(Gutter - 1) + (label.Length > 0 ? "┤" : "│"), s_dim), .. canvas.Row(row)];
        }
    }

    private static List<Segment> Fitted(List<Segment> line, int width)
    {
        List<Segment> cut = [];
        int used = 0;
        foreach (Segment segment in line)
        {
            string text = segment.Text.Length <= width - used ? segment.Text : segment.Text[..(width - used)];
            used += text.Length;
            if (text.Length > 0)
            {
                cut.Add(new Segment(text, segment.Style));
            }
        }

        return used < width ? [.. cut, new Segment(new string(' ', width - used))] : [.. cut];
    }
}
