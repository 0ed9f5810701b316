using System.Collections.Immutable;

namespace Plumb.Reports.Layouts;

/// <summary>
/// A graph as a picture: boxes in ranks, edges that lead down where they can. The method is that of Sugiyama: turn edges around until there
/// is no cycle (<see cref="CycleBreaker"/>), give each box a rank (<see cref="RankSimplex"/>), order the ranks so that few edges cross
/// (<see cref="LayerOrder"/>), place the boxes (<see cref="BlockPositions"/>) and draw the edges (<see cref="EdgeRouter"/>).
/// </summary>
/// <remarks>The same input gives the same picture. No two boxes overlap, and no edge runs through a box that is not its own.</remarks>
/// <param name="Boxes">In the order of the nodes.</param>
/// <param name="Paths">In the order of the edges.</param>
/// <param name="Ranks">From the top, 0, in the order of the nodes.</param>
/// <param name="Width">Everything lies between 0 and this.</param>
/// <param name="Height">Everything lies between 0 and this.</param>
public sealed record GraphLayout(
    ImmutableArray<LayoutBox> Boxes, ImmutableArray<LayoutPath> Paths, ImmutableArray<int> Ranks, double Width, double Height)
{
    /// <exception cref="ReportException">The graph is larger than <see cref="LayoutLimits"/>.</exception>
    public static GraphLayout Compute(ReadOnlySpan<LayoutNode> nodes, ReadOnlySpan<LayoutEdge> edges, CancellationToken cancellationToken = default)
    {
        if (nodes.Length > LayoutLimits.MaxNodes || edges.Length > LayoutLimits.MaxEdges)
            throw TooLarge(nodes.Length, edges.Length);

        int[] lines = [.. Enumerable.Range(0, edges.Length)];
        LayoutEdge[] all = edges.ToArray();
        lines = [.. lines.Where(i => all[i].Source != all[i].Target)];
        RankEdge[] downward = Downward(nodes.Length, [.. lines.Select(i => all[i])]);
        int[] ranks = RankSimplex.Solve(nodes.Length, downward, cancellationToken);
        if (downward.Sum(edge => (2L * (ranks[edge.Lower] - ranks[edge.Upper])) - 1) > LayoutLimits.MaxBends)
            throw TooLarge(nodes.Length, edges.Length);

        var loops = new LoopRoom(nodes.Length, all);
        var graph = new LayeredGraph(ranks, downward, loops.Extents(nodes), [.. lines.Select(i => all[i].Label.Width)]);
        LayerOrder.Optimize(graph, cancellationToken);
        var placed = new PlacedGraph(graph, nodes, [.. lines.Select(i => all[i].Label)], BlockPositions.Compute(graph));
        return Draw(placed, all, lines, downward, loops, ranks);
    }

    private static RankEdge[] Downward(int nodeCount, LayoutEdge[] edges)
    {
        bool[] isBackward = CycleBreaker.FindBackward(nodeCount, edges);
        return
        [
            .. edges.Select((edge, i) => isBackward[i]
                ? new RankEdge(edge.Target, edge.Source, Math.Max(1, edge.MinLength), Math.Max(1, edge.Weight))
                : new RankEdge(edge.Source, edge.Target, Math.Max(1, edge.MinLength), Math.Max(1, edge.Weight))),
        ];
    }

    private static GraphLayout Draw(PlacedGraph placed, LayoutEdge[] edges, int[] lines, RankEdge[] downward, LoopRoom loops, int[] ranks)
    {
        var paths = new LayoutPath[edges.Length];
        var router = new EdgeRouter(placed);
        for (int i = 0; i < lines.Length; i++)
            paths[lines[i]] = router.Route(i, upwards: downward[i].Upper != edges[lines[i]].Source);

        foreach (int loop in Enumerable.Range(0, edges.Length).Where(i => edges[i].Source == edges[i].Target))
            paths[loop] = loops.Draw(loop, placed.Boxes[edges[loop].Source]);

        return MovedToOrigin([.. placed.Boxes], [.. paths], [.. ranks]);
    }

    private static GraphLayout MovedToOrigin(ImmutableArray<LayoutBox> boxes, ImmutableArray<LayoutPath> paths, ImmutableArray<int> ranks)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (LayoutBox box in boxes.Concat(paths.SelectMany(path => path.Curve.Select(point => new LayoutBox(point.X, point.Y, 0, 0)).Append(path.Label))))
        {
            (left, top) = (Math.Min(left, box.X), Math.Min(top, box.Y));
            (right, bottom) = (Math.Max(right, box.Right), Math.Max(bottom, box.Bottom));
        }

        if (boxes.IsEmpty)
            return new GraphLayout([], [], [], 0, 0);

        return new GraphLayout([.. boxes.Select(Box)], [.. paths.Select(path => new LayoutPath([.. path.Curve.Select(Point)], Point(path.Tip), Box(path.Label)))], ranks, right - left, bottom - top);

        LayoutPoint Point(LayoutPoint point) => new(point.X - left, point.Y - top);
        LayoutBox Box(LayoutBox box) => box with { X = box.X - left, Y = box.Y - top };
    }

    private static ReportException TooLarge(int nodes, int edges) => new(
        $"a picture of {nodes} entries and {edges} calls would be too large to read: show fewer with -nodecount, -nodefraction or -focus, or take -dot");
}
