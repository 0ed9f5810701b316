using System.Collections.Immutable;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Pictures;

/// <summary>What a picture of a graph shows, without saying where: for Graphviz, and for <see cref="SvgText"/>.</summary>
/// <param name="Title">What was profiled; empty when the profile does not say.</param>
/// <param name="Legend">Lines.</param>
/// <param name="Edges">Heaviest first.</param>
public sealed record GraphPicture(string Title, ImmutableArray<string> Legend, ImmutableArray<PictureNode> Nodes, ImmutableArray<PictureEdge> Edges)
{
    public static GraphPicture Compute(GraphView view, AmountFormat amounts) => new PictureBuilder(view, amounts).Build();
}
