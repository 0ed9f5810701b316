using System.Globalization;
using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Tags;

/// <summary>Prints a <see cref="TagsView"/>: for each key a table, whose first two columns are right-aligned.</summary>
public static class TagsText
{
    public static void Write(TagsView view, AmountFormat amounts, ReportWriter writer)
    {
        foreach (TagKey key in view.Keys)
        {
            string name = $"{writer.Shown(key.Name)}:";
            int nameWidth = Width(name) + 1;
            WriteCell(name, nameWidth, writer);
            writer.WriteLine($" Total {amounts.Format(key.Sum)} of {amounts.Format(view.Total)}{Share(key.Sum, view.Total)}");

            string[] cells = [.. key.Values.Select(value => $"{amounts.Format(value.Sum)}{Share(value.Sum, view.Total)}:")];
            int cellWidth = cells.Length == 0 ? 0 : cells.Max(Width) + 1;
            for (int i = 0; i < cells.Length; i++)
            {
                WriteCell(" ", nameWidth, writer);
                WriteCell(cells[i], cellWidth, writer);
                writer.Write(' ');
                writer.WriteProfileText(key.Values[i].Text);
                writer.WriteLine();
            }

            writer.WriteLine();
        }
    }

    private static string Share(long value, long total) => total > 0 ? $" ({Measurement.Percent(value, total)})" : "";

    private static int Width(string text) => new StringInfo(text).LengthInTextElements;

    private static void WriteCell(string text, int width, ReportWriter writer) => writer.WriteRight(text, width);
}
