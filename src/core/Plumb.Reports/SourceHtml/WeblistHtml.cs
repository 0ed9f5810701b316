using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.SourceHtml;

/// <summary>
/// Writes a <see cref="WeblistView"/> as a page of its own. A line opens to show its code without any script, and the page forbids
/// scripts and requests: names, paths and sources in it are those of a profile.
/// </summary>
public static class WeblistHtml
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Plumb source listing</title>
        <style>
        :root { color-scheme: light dark; }
        body { font-family: sans-serif; margin: 1em 2em; }
        .code { font-family: monospace; white-space: pre; overflow-x: auto; }
        .code div, .code summary { min-height: 1.2em; }
        summary { cursor: pointer; list-style: none; }
        summary:hover { background: rgba(128, 128, 128, 0.2); }
        .nop { opacity: 0.55; }
        .asm { color: #1a7f37; }
        .inlinesrc { color: #3b6fd4; }
        .place { opacity: 0.55; }
        </style>
        </head>
        <body>

        """;

    public static void Write(WeblistView view, AmountFormat amounts, ReportWriter writer)
    {
        writer.Write(Head);
        writer.Write("<p class=\"legend\">");
        foreach (string line in view.Legend)
            writer.WriteLine($"{Text(line, writer)}<br>");

        writer.WriteLine($"Total: {Text(amounts.Format(view.Total), writer)}</p>");
        foreach (WeblistFile file in view.Files)
        {
            foreach (WeblistFunction function in file.Functions)
                Write(function, file.Name, view.Total, amounts, writer);
        }

        writer.WriteLine("</body>");
        writer.WriteLine("</html>");
    }

    private static void Write(WeblistFunction function, string file, long total, AmountFormat amounts, ReportWriter writer)
    {
        writer.WriteLine($"<h2>{Text(function.Name, writer)}</h2>");
        writer.WriteLine($"<p class=\"filename\">{Text(file, writer)}</p>");
        writer.WriteLine("<div class=\"code\">");
        writer.Write("<div>  Total:  ");
        WritePair(amounts.Format(function.Flat), amounts.Format(function.Cum), writer);
        writer.WriteLine($" (flat, cum) {Measurement.Percent(function.Cum, total)}</div>");
        foreach (WeblistLine line in function.Lines)
            Write(line, amounts, writer);

        writer.WriteLine("</div>");
    }

    private static void Write(WeblistLine line, AmountFormat amounts, ReportWriter writer)
    {
        bool opens = line.Instructions.Any(row => row.Text.Length > 0 || row.InlinedCalls.Length > 0);
        writer.Write(opens ? "<details><summary>" : line.HasCode ? "<div>" : "<div class=\"nop\">");
        writer.Write(' ');
        writer.WriteRight(line.Number, 6);
        writer.Write("   ");
        WritePair(ValueOrDot(line.Flat, amounts), ValueOrDot(line.Cum, amounts), writer);
        writer.WriteRight("", 11);
        writer.Write(Text(line.Text, writer));
        writer.WriteLine(opens ? "</summary>" : "</div>");
        if (!opens)
            return;

        WriteInstructions(line, Indentation(line.Text) + 4, amounts, writer);
        writer.WriteLine("</details>");
    }

    private static void WriteInstructions(WeblistLine line, int indentation, AmountFormat amounts, ReportWriter writer)
    {
        ImmutableArray<WeblistCall> shown = [];
        for (int i = 0; i < line.Instructions.Length; i++)
        {
            WeblistInstruction instruction = line.Instructions[i];
            if (instruction.StartsBlock && i > 0)
                writer.WriteLine("<div class=\"asm\">                                      ⋮</div>");

            WriteCalls(instruction.InlinedCalls, shown, indentation, writer);
            shown = instruction.InlinedCalls;
            if (instruction.Text.Length > 0)
                Write(instruction, indentation + (4 * shown.Length), amounts, writer);
        }
    }

    private static void WriteCalls(ImmutableArray<WeblistCall> calls, ImmutableArray<WeblistCall> shown, int indentation, ReportWriter writer)
    {
        int same = 0;
        while (same < calls.Length && same < shown.Length && calls[same] == shown[same])
            same++;

        for (int i = same; i < calls.Length; i++)
        {
            writer.Write("<div class=\"inlinesrc\">");
            writer.WriteRight("", 42 + indentation + (4 * i));
            writer.Write(Text(calls[i].Text, writer));
            writer.WriteLine($" {Place(calls[i].File, calls[i].Line, writer)}</div>");
        }
    }

    private static void Write(WeblistInstruction instruction, int indentation, AmountFormat amounts, ReportWriter writer)
    {
        writer.Write("<div class=\"asm\">          ");
        WritePair(ValueOrDot(instruction.Flat, amounts), ValueOrDot(instruction.Cum, amounts), writer);
        writer.Write(' ');
        writer.WriteRight(instruction.Address.ToString("x", CultureInfo.InvariantCulture), 8);
        writer.Write(": ");
        writer.WriteRight("", indentation);
        writer.Write(Text(instruction.Text, writer));
        writer.WriteLine($" {Place(instruction.File, instruction.Line, writer)}</div>");
    }

    private static string Place(string file, long line, ReportWriter writer) => file.Length == 0
        ? "" : $"<span class=\"place\">{Text(UnixPath.Base(file), writer)}:{line.ToString(CultureInfo.InvariantCulture)}</span>";

    private static string Text(string text, ReportWriter writer) =>
        WebUtility.HtmlEncode(writer.ForTerminal ? string.Join('\t', text.Split('\t').Select(writer.Shown)) : text);

    private static int Indentation(string text)
    {
        int column = 0;
        foreach (char c in text)
        {
            if (c == ' ')
                column++;
            else if (c == '\t')
                column = (column / 8 * 8) + 8;
            else
                break;
        }

        return column;
    }

    private static string ValueOrDot(long value, AmountFormat amounts) => value == 0 ? "." : amounts.Format(value);

    private static void WritePair(string flat, string cum, ReportWriter writer)
    {
        writer.WriteRight(flat, 10);
        writer.Write(' ');
        writer.WriteRight(cum, 10);
    }
}
