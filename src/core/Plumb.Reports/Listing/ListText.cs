using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Listing;

/// <summary>Prints a <see cref="ListView"/>.</summary>
public static class ListText
{
    public static void Write(ListView view, AmountFormat amounts, ReportWriter writer)
    {
        writer.WriteLine($"Total: {amounts.Format(view.Total)}");
        foreach (ListRoutine routine in view.Routines)
            Write(routine, view.Total, amounts, writer);
    }

    private static void Write(ListRoutine routine, long total, AmountFormat amounts, ReportWriter writer)
    {
        if (routine.File.Length == 0)
        {
            writer.WriteLine($"No source information for {writer.Shown(routine.Name)}");
            return;
        }

        writer.WriteLine($"ROUTINE ======================== {writer.Shown(routine.Name)} in {writer.Shown(routine.File)}");
        WritePair(amounts.Format(routine.Flat), amounts.Format(routine.Cum), writer);
        writer.WriteLine($" (flat, cum) {Measurement.Percent(routine.Cum, total)} of Total");
        if (routine.Error is not null)
            writer.WriteLine($" Error: {writer.Shown(routine.Error)}");

        foreach (ListLine line in routine.Lines)
        {
            WritePair(ValueOrDot(line.Flat, amounts), ValueOrDot(line.Cum, amounts), writer);
            writer.Write(' ');
            writer.WriteRight(line.Number, 6);
            writer.Write(':');
            writer.WriteLine(writer.ForTerminal ? ShownSource(line.Text) : line.Text);
        }
    }

    // Tabs are what source code is indented with; everything else that moves a cursor is made visible.
    private static string ShownSource(string line) =>
        string.Join('\t', line.Split('\t').Select(Plumb.Profiles.TerminalText.Escape));

    private static string ValueOrDot(long value, AmountFormat amounts) => value == 0 ? "." : amounts.Format(value);

    private static void WritePair(string flat, string cum, ReportWriter writer)
    {
        writer.WriteRight(flat, 10);
        writer.Write(' ');
        writer.WriteRight(cum, 10);
    }
}
