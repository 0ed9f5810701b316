using System.Collections.Immutable;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Graphs;

namespace Plumb.Reports.Trees;

/// <summary>Entries, each between its callers and what it calls: tree, and peek for chosen ones.</summary>
/// <param name="Header">The lines above.</param>
/// <param name="Unit">The unit in which all amounts are shown.</param>
/// <param name="Total">What percentages are of.</param>
/// <param name="HasNodes">Whether the whole graph has any entry.</param>
public sealed record TreeView(ImmutableArray<string> Header, string Unit, long Total, bool HasNodes, ImmutableArray<TreeNode> Nodes)
{
    /// <summary>Which entries peek asks for; null for all.</summary>
    public NamePattern? Symbol { get; init; }

    public static TreeView Compute(Report report)
    {
        CallGraph graph = CallGraph.Build(report);
        string unit = ReportUnit.Choose(report, graph.Nodes);
        ImmutableArray<string> header = ReportHeader.OfEntries(
            report, report.Amounts(unit), graph.FlatTotal, graph.Nodes.Count, graph.OriginalCount, graph.DroppedNodes, droppedEdges: 0);

        ImmutableArray<TreeNode>.Builder nodes = ImmutableArray.CreateBuilder<TreeNode>();
        long running = 0;
        foreach (CallNode node in graph.Nodes)
        {
            if (report.Symbol is not null && !report.Symbol.IsMatch(node.Name))
                continue;

            running += node.FlatValue;
            nodes.Add(new TreeNode(
                node.Name, node.FlatValue, running, node.CumValue, Calls(node.In, edge => edge.Source), Calls(node.Out, edge => edge.Target)));
        }

        return new TreeView(header, unit, report.Total, graph.Nodes.Count > 0, nodes.ToImmutable()) { Symbol = report.Symbol };
    }

    /// <exception cref="ReportException">Peek asks for entries, and there are none.</exception>
    internal void RequireMatch()
    {
        if (Symbol is not null && Nodes.IsEmpty)
            throw new ReportException($"no matches found for regexp: {Symbol}");
    }

    private static ImmutableArray<TreeCall> Calls(List<CallEdge> edges, Func<CallEdge, CallNode> other)
    {
        edges.Sort(CallEdge.Compare);
        return [.. edges.Select(edge => new TreeCall(other(edge).Name, edge.WeightValue, edge.IsInline))];
    }
}
