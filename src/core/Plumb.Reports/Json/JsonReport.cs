using Plumb.Reports.Disassembly;
using Plumb.Reports.Graphs;
using Plumb.Reports.Listing;
using Plumb.Reports.SourceHtml;
using Plumb.Reports.Tags;
using Plumb.Reports.Top;
using Plumb.Reports.Trees;

namespace Plumb.Reports.Json;

/// <summary>
/// Writes the view of a report for programs: one JSON object, described in docs/formats/views-json.md. The numbers are those that the text shows,
/// unrounded and in the unit of the sample type.
/// </summary>
public static class JsonReport
{
    /// <param name="sources">Where listings find source code.</param>
    /// <param name="code">Where views of machine code get it from; they cannot be made without.</param>
    /// <param name="target">Receives UTF-8, piece by piece; left open.</param>
    /// <exception cref="ReportException">The report cannot be made.</exception>
    public static void Write(Report report, ISourceFiles sources, IMachineCode? code, Stream target)
    {
        // Computed before anything is written: what cannot be made leaves no half object behind.
        (string name, Action<ViewJson> write) = View(report, sources, code);
        using var json = new ViewJson(report, target);
        json.Begin(name);
        write(json);
        json.End();
    }

    private static (string Name, Action<ViewJson> Write) View(Report report, ISourceFiles sources, IMachineCode? code)
    {
        switch (report.Format)
        {
            case ReportFormat.Top or ReportFormat.TopProto:
                TopView top = TopView.Compute(report);
                return ("top", json => EntriesJson.Write(top, json));
            case ReportFormat.Tree or ReportFormat.Peek:
                TreeView tree = TreeView.Compute(report);
                tree.RequireMatch();
                return (report.Format == ReportFormat.Peek ? "peek" : "tree", json => EntriesJson.Write(tree, json));
            case ReportFormat.List:
                ListView list = ListView.Compute(report, sources);
                return ("list", json => CodeJson.Write(list, json));
            case ReportFormat.Disassembly when code is not null:
                DisassemblyView disassembly = DisassemblyView.Compute(report, code);
                return ("disasm", json => CodeJson.Write(disassembly, json));
            case ReportFormat.WebList when code is not null:
                WeblistView weblist = WeblistView.Compute(report, sources, code, report.Amounts());
                return ("weblist", json => CodeJson.Write(weblist, json));
            case ReportFormat.Dot or ReportFormat.Callgrind:
                GraphView graph = GraphView.Compute(report);
                return ("graph", json => GraphJson.Write(graph, json));
            case ReportFormat.Tags:
                TagsView tags = TagsView.Compute(report);
                return ("tags", json => EntriesJson.Write(tags, json));
            case ReportFormat.Traces:
                return ("traces", json => SamplesJson.WriteTraces(report, json));
            case ReportFormat.Folded:
                return ("folded", json => SamplesJson.WriteFolded(report, json));
            case ReportFormat.Raw or ReportFormat.Proto:
                return ("raw", json => RawJson.Write(report, json));
            case ReportFormat.Comments:
                return ("comments", _ => { });
            default:
                throw new ArgumentException($"{report.Format} cannot be made without machine code", nameof(code));
        }
    }
}
