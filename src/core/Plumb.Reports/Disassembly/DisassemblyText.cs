using System.Globalization;
using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Disassembly;

/// <summary>Prints a <see cref="DisassemblyView"/>.</summary>
public static class DisassemblyText
{
    private const int ShortInstruction = 40;
    private const int PlaceColumn = 74;

    public static void Write(DisassemblyView view, AmountFormat amounts, ReportWriter writer)
    {
        writer.WriteLine($"Total: {amounts.Format(view.Total)}");
        foreach (DisassembledFunction function in view.Functions)
            Write(function, view.Total, amounts, writer);
    }

    private static void Write(DisassembledFunction function, long total, AmountFormat amounts, ReportWriter writer)
    {
        writer.WriteLine($"ROUTINE ======================== {writer.Shown(function.Names[0])}");
        foreach (string name in function.Names[1..])
            writer.WriteLine($"    AKA ======================== {writer.Shown(name)}");

        WritePair(amounts.Format(function.Flat), amounts.Format(function.Cum), writer);
        writer.WriteLine($" (flat, cum) {Measurement.Percent(function.Cum, total)} of Total");
        (string, string, long) shown = ("", "", 0);
        foreach (DisassembledLine line in function.Lines)
        {
            // A place is said once, where it begins.
            string place = (line.Function, line.File, line.Line) == shown ? "" : Place(line);
            shown = (line.Function, line.File, line.Line);
            Write(line, writer.Shown(place), amounts, writer);
        }
    }

    private static void Write(DisassembledLine line, string place, AmountFormat amounts, ReportWriter writer)
    {
        string text = string.Join('\t', line.Text.Split('\t').Select(writer.Shown));
        bool fits = text.Length < ShortInstruction;
        if (place.Length > 0 && !fits)
        {
            writer.WriteRight("", PlaceColumn);
            writer.WriteLine($";{place}");
        }

        WritePair(ValueOrDot(line.Flat, amounts), ValueOrDot(line.Cum, amounts), writer);
        writer.Write(' ');
        writer.WriteRight(line.Address.ToString("x", CultureInfo.InvariantCulture), 10);
        writer.Write(": ");
        if (place.Length == 0 || !fits)
        {
            writer.WriteLine(text);
            return;
        }

        writer.WriteLeft(text, ShortInstruction);
        writer.WriteLine($";{place}");
    }

    private static string Place(DisassembledLine line)
    {
        string function = line.Function.Length > 0 ? line.Function + " " : "";
        string number = line.Line != 0 ? string.Create(CultureInfo.InvariantCulture, $":{line.Line}") : "";
        return line.File.Length > 0 ? function + line.File + number : function;
    }

    private static string ValueOrDot(long value, AmountFormat amounts) => value == 0 ? "." : amounts.Format(value);

    private static void WritePair(string flat, string cum, ReportWriter writer)
    {
        writer.WriteRight(flat, 10);
        writer.Write(' ');
        writer.WriteRight(cum, 10);
    }
}
