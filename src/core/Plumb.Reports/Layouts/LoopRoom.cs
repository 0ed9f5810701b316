using System.Collections.Immutable;

namespace Plumb.Reports.Layouts;

/// <summary>Edges that lead back to where they come from are drawn at the right side of their box, which needs room there.</summary>
internal sealed class LoopRoom
{
    private readonly LayoutEdge[] _edges;
    private readonly double[] _room;
    private readonly double[] _offsets;

    public LoopRoom(int nodeCount, LayoutEdge[] edges)
    {
        _edges = edges;
        _room = new double[nodeCount];
        _offsets = new double[edges.Length];
        for (int i = 0; i < edges.Length; i++)
        {
            LayoutEdge edge = edges[i];
            if (edge.Source != edge.Target)
                continue;

            // Several loops of a box lie side by side.
            _offsets[i] = _room[edge.Source];
            _room[edge.Source] += LayoutSpacing.LoopWidth + LayoutSpacing.BesideLabel + edge.Label.Width;
        }
    }

    /// <summary>How far each node reaches to both sides of its middle, its loops included.</summary>
    public (double Left, double Right)[] Extents(ReadOnlySpan<LayoutNode> nodes)
    {
        var extents = new (double Left, double Right)[nodes.Length];
        for (int i = 0; i < extents.Length; i++)
            extents[i] = (nodes[i].Width / 2, (nodes[i].Width / 2) + _room[i]);

        return extents;
    }

    public LayoutPath Draw(int edge, LayoutBox box)
    {
        double reach = box.Right + _offsets[edge] + LayoutSpacing.LoopWidth;
        double half = Math.Min(box.Height / 4, 14), y = box.CenterY;
        var tip = new LayoutPoint(box.Right, y + half);
        var end = new LayoutPoint(box.Right + LayoutSpacing.ArrowLength, y + half);
        ImmutableArray<LayoutPoint> curve =
        [
            new(box.Right, y - half), new(reach - 6, y - half), new(reach, y - (half / 2)), new(reach, y),
            new(reach, y + (half / 2)), new(reach - 4, y + half), end,
        ];
        LayoutNode label = _edges[edge].Label;
        return new LayoutPath(curve, tip, new LayoutBox(reach + LayoutSpacing.BesideLabel, y - (label.Height / 2), label.Width, label.Height));
    }
}
