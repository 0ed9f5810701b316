using Plumb.Reports.Callgrind;
using Plumb.Reports.Comments;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Dot;
using Plumb.Reports.Graphs;
using Plumb.Reports.Listing;
using Plumb.Reports.Raw;
using Plumb.Reports.SourceHtml;
using Plumb.Reports.Tags;
using Plumb.Reports.Text;
using Plumb.Reports.Top;
using Plumb.Reports.Traces;
using Plumb.Reports.Trees;

namespace Plumb.Reports;

/// <summary>Computes the view of a report and prints it.</summary>
public static class ReportPrinter
{
    /// <param name="sources">Where listings find source code.</param>
    /// <param name="code">Where views of machine code get it from; they cannot be made without.</param>
    /// <exception cref="ReportException">The report cannot be made.</exception>
    public static void Print(Report report, ISourceFiles sources, ReportWriter writer, IMachineCode? code = null)
    {
        switch (report.Format)
        {
            case ReportFormat.Top:
                TopView top = TopView.Compute(report);
                TopText.Write(top, report.Amounts(top.Unit), writer);
                break;
            case ReportFormat.Tree or ReportFormat.Peek:
                PrintTree(report, writer);
                break;
            case ReportFormat.List:
                ListText.Write(ListView.Compute(report, sources), report.Amounts(), writer);
                break;
            case ReportFormat.Traces:
                TracesText.Write(report, writer);
                break;
            case ReportFormat.Tags:
                TagsText.Write(TagsView.Compute(report), report.Amounts(), writer);
                break;
            case ReportFormat.Raw:
                RawText.Write(report, writer);
                break;
            case ReportFormat.Comments:
                CommentsText.Write(report, writer);
                break;
            case ReportFormat.Dot:
                GraphView graph = GraphView.Compute(report);
                DotText.Write(graph, report.Amounts(graph.Unit), writer);
                break;
            case ReportFormat.Callgrind:
                CallgrindText.Write(GraphView.Compute(report), report, writer);
                break;
            case ReportFormat.Disassembly when code is not null:
                DisassemblyText.Write(DisassemblyView.Compute(report, code), report.Amounts(), writer);
                break;
            case ReportFormat.WebList when code is not null:
                WeblistHtml.Write(WeblistView.Compute(report, sources, code, report.Amounts()), report.Amounts(), writer);
                break;
            default:
                throw new ArgumentException($"{report.Format} is not a text report", nameof(report));
        }
    }

    private static void PrintTree(Report report, ReportWriter writer)
    {
        TreeView tree = TreeView.Compute(report);
        tree.RequireMatch();
        TreeText.Write(tree, report.Amounts(tree.Unit), writer);
    }
}
