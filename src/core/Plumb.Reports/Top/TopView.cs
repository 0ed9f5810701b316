using System.Collections.Immutable;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Top;

/// <summary>The heaviest entries.</summary>
/// <param name="Header">The lines above.</param>
/// <param name="Unit">The unit in which all amounts are shown.</param>
/// <param name="Total">What percentages are of.</param>
public sealed record TopView(ImmutableArray<string> Header, string Unit, long Total, ImmutableArray<TopRow> Rows)
{
    public static TopView Compute(Report report)
    {
        NodeSource source = NodeSource.Of(report);
        NodeChoice choice = NodeChoice.Choose(source.Nodes(), report.Options, keepsCancelled: false);
        choice.Shown.Sort(NodeOrder.By(report.Options.Sort));
        if (report.Options.NodeCount > 0)
            choice.Limit(report.Options.NodeCount);

        Inlining[] inlining = InliningOf(source, choice, report.Cancellation);
        ImmutableArray<TopRow>.Builder rows = ImmutableArray.CreateBuilder<TopRow>(choice.Shown.Count);
        long running = 0;
        foreach (CallNode node in choice.Shown)
        {
            running += node.FlatValue;
            rows.Add(new TopRow(node.Name, node.FlatValue, running, node.CumValue, inlining[node.Id]));
        }

        string unit = ReportUnit.Choose(report, choice.Shown);
        AmountFormat amounts = report.Amounts(unit);
        ImmutableArray<string> header = ReportHeader.OfEntries(
            report, amounts, running, rows.Count, choice.OriginalCount, choice.DroppedCount, droppedEdges: 0);
        return new TopView(header, unit, report.Total, rows.ToImmutable());
    }

    // Calls matter to this view only where something was inlined.
    private static Inlining[] InliningOf(NodeSource source, NodeChoice choice, CancellationToken cancellationToken)
    {
        var inlining = new Inlining[source.Table.Count];
        var targets = new bool[inlining.Length];
        bool any = false;
        foreach (CallNode node in choice.Shown)
            any |= targets[node.Id] = source.Frames.Inlined[node.Id];

        if (!any)
            return inlining;

        var called = new bool[inlining.Length];
        EdgeTable edges = source.Edges(choice.Mask(targets.Length), targets, cancellationToken);
        for (int i = 0; i < edges.Count; i++)
        {
            EdgeTable.Row edge = edges[i];
            if (SampleValues.Magnitude(edge.Weight) < choice.EdgeCutoff)
                continue;

            if (edge.IsInline)
                inlining[edge.Target] = Inlining.Full;
            else
                called[edge.Target] = true;
        }

        for (int node = 0; node < inlining.Length; node++)
        {
            if (inlining[node] == Inlining.Full && called[node])
                inlining[node] = Inlining.Partial;
        }

        return inlining;
    }
}
