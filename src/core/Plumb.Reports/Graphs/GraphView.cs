using System.Collections.Immutable;
using Plumb.Reports.Text;

namespace Plumb.Reports.Graphs;

/// <summary>The calls between the entries of a report, for a picture or for other tools.</summary>
/// <param name="Title">What was profiled; empty when the profile does not say.</param>
/// <param name="Header">The lines of the legend.</param>
/// <param name="Unit">The unit in which all amounts are shown.</param>
/// <param name="Total">What percentages are of.</param>
public sealed record GraphView(string Title, ImmutableArray<string> Header, string Unit, long Total, CallGraph Graph)
{
    public static GraphView Compute(Report report)
    {
        CallGraph graph = CallGraph.Build(report);
        string unit = ReportUnit.Choose(report, graph.Nodes);
        ImmutableArray<string> header = ReportHeader.OfEntries(
            report, report.Amounts(unit), graph.FlatTotal, graph.Nodes.Count, graph.OriginalCount, graph.DroppedNodes, graph.DroppedEdges, full: true);
        string main = report.Profile.Mappings.Count > 0 ? report.Profile.Mappings.Rows[0].File : "";
        return new GraphView(main.Length > 0 ? UnixPath.Base(main) : "", header, unit, report.Total, graph);
    }
}
