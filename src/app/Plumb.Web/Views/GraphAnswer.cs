using System.Collections.Immutable;
using Plumb.Reports;
using Plumb.Reports.Graphs;
using Plumb.Reports.Pictures;

namespace Plumb.Web.Views;

/// <summary>The calls between the heaviest entries, for a picture that the page lays out and draws.</summary>
/// <param name="Lines">The legend.</param>
/// <param name="CanLayOut">Whether the server can lay it out, for graphs that are too large for a page.</param>
internal sealed record GraphAnswer(ViewHeader View, ImmutableArray<string> Lines, ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphCall> Calls, bool CanLayOut)
{
    public static GraphAnswer Of(GraphView view, Report report, ViewRequest request, bool canLayOut)
    {
        GraphPicture picture = GraphPicture.Compute(view, report.Amounts(view.Unit));
        return new GraphAnswer(
            ViewHeader.Of(report, request, view.Unit),
            picture.Legend,
            [.. picture.Nodes.Zip(view.Graph.Nodes, (shown, node) => new GraphNode(shown.Name, shown.Label, shown.FontSize, node.FlatValue, node.CumValue, [.. shown.Tags.Select(Of)]))],
            [.. picture.Edges.Select(edge => new GraphCall(edge.Source, edge.Target, edge.Amount, edge.Weight, edge.Width, edge.IsInline, edge.IsResidual))],
            canLayOut);
    }

    private static GraphTag Of(PictureTag tag) => new(tag.Name, tag.Amount);
}

/// <param name="Label">The lines in its box.</param>
internal sealed record GraphNode(string Name, ImmutableArray<string> Label, int FontSize, long Flat, long Cum, ImmutableArray<GraphTag> Tags);

internal sealed record GraphTag(string Name, string Amount);

/// <param name="Weight">From 1 to 101: how much it matters that the line is short.</param>
/// <param name="Width">Of the line, from 1 to 6.</param>
/// <param name="Residual">There are entries between the two that are not shown.</param>
internal sealed record GraphCall(int Source, int Target, string Amount, long Weight, long Width, bool Inline, bool Residual);
