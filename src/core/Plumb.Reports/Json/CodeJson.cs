using Plumb.Reports.Disassembly;
using Plumb.Reports.Listing;
using Plumb.Reports.SourceHtml;

namespace Plumb.Reports.Json;

/// <summary>Views of source and machine code.</summary>
internal static class CodeJson
{
    public static void Write(ListView view, ViewJson json) => json.Objects("functions", view.Routines, routine =>
    {
        json.Writer.WriteString("name", routine.Name);
        json.TextOrNull("file", routine.File);
        json.FlatAndCum(routine.Flat, routine.Cum);
        json.TextOrNull("error", routine.Error ?? "");
        json.Objects("lines", routine.Lines, line =>
        {
            json.Writer.WriteNumber("line", line.Number);
            json.FlatAndCum(line.Flat, line.Cum);
            json.Writer.WriteString("text", line.Text);
        });
    });

    public static void Write(DisassemblyView view, ViewJson json) => json.Objects("functions", view.Functions, function =>
    {
        json.Texts("names", function.Names);
        json.FlatAndCum(function.Flat, function.Cum);
        json.Objects("instructions", function.Lines, line =>
        {
            json.Address("address", line.Address);
            json.Writer.WriteString("text", line.Text);
            json.FlatAndCum(line.Flat, line.Cum);
            json.TextOrNull("function", line.Function);
            json.TextOrNull("file", line.File);
            json.NumberOrNull("line", line.Line);
        });
    });

    public static void Write(WeblistView view, ViewJson json) => json.Objects("files", view.Files, file =>
    {
        json.Writer.WriteString("name", file.Name);
        json.Objects("functions", file.Functions, function =>
        {
            json.Writer.WriteString("name", function.Name);
            json.FlatAndCum(function.Flat, function.Cum);
            json.Objects("lines", function.Lines, line => Write(line, json));
        });
    });

    private static void Write(WeblistLine line, ViewJson json)
    {
        json.NumberOrNull("line", line.Number);
        json.FlatAndCum(line.Flat, line.Cum);
        json.Writer.WriteString("text", line.Text);
        json.Objects("instructions", line.Instructions, instruction =>
        {
            json.Address("address", instruction.Address);
            json.Writer.WriteString("text", instruction.Text);
            json.FlatAndCum(instruction.Flat, instruction.Cum);
            json.TextOrNull("file", instruction.File);
            json.NumberOrNull("line", instruction.Line);
            json.Objects("inlinedCalls", instruction.InlinedCalls, call =>
            {
                json.TextOrNull("file", call.File);
                json.NumberOrNull("line", call.Line);
                json.Writer.WriteString("text", call.Text);
            });
        });
    }
}
