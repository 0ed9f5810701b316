using System.Collections.Immutable;
using Plumb.Reports.Layouts;

namespace Plumb.Reports.Tests.Layouts;

public class GraphLayoutTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        // Seed, nodes, edges: from one box to as dense as call graphs get.
        { 1, 1, 0 }, { 2, 2, 3 }, { 3, 10, 12 }, { 4, 40, 60 }, { 5, 40, 200 }, { 6, 80, 150 }, { 7, 120, 119 }, { 8, 30, 400 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void No_two_boxes_and_no_two_texts_overlap(int seed, int nodes, int edges)
    {
        (_, GraphLayout layout) = Random(seed, nodes, edges);

        LayoutBox[] all = [.. layout.Boxes, .. layout.Paths.Select(path => path.Label)];
        for (int i = 0; i < all.Length; i++)
        {
            for (int j = i + 1; j < all.Length; j++)
                Assert.False(Shrunk(all[i]).Overlaps(Shrunk(all[j])), $"{i} and {j}: {all[i]}, {all[j]}");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Each_edge_starts_at_its_source_and_its_arrow_touches_its_target(int seed, int nodes, int edges)
    {
        (ImmutableArray<LayoutEdge> graph, GraphLayout layout) = Random(seed, nodes, edges);

        for (int i = 0; i < graph.Length; i++)
        {
            Assert.True(IsOnBorder(layout.Boxes[graph[i].Source], layout.Paths[i].Curve[0]), $"edge {i} starts at {layout.Paths[i].Curve[0]}");
            Assert.True(IsOnBorder(layout.Boxes[graph[i].Target], layout.Paths[i].Tip), $"edge {i} points to {layout.Paths[i].Tip}");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void No_edge_runs_through_a_box_that_is_not_its_own(int seed, int nodes, int edges)
    {
        (ImmutableArray<LayoutEdge> graph, GraphLayout layout) = Random(seed, nodes, edges);

        for (int i = 0; i < graph.Length; i++)
        {
            LayoutPoint[] points = [.. Points(layout.Paths[i].Curve)];
            for (int box = 0; box < nodes; box++)
            {
                if (box != graph[i].Source && box != graph[i].Target)
                    Assert.False(points.Any(point => IsInside(layout.Boxes[box], point)), $"edge {i}, from {layout.Boxes[graph[i].Source]} to {layout.Boxes[graph[i].Target]}, runs through {layout.Boxes[box]}: {string.Join(' ', layout.Paths[i].Curve)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Everything_lies_within_the_picture(int seed, int nodes, int edges)
    {
        (_, GraphLayout layout) = Random(seed, nodes, edges);

        var picture = new LayoutBox(-0.001, -0.001, layout.Width + 0.002, layout.Height + 0.002);
        Assert.All(layout.Boxes.Concat(layout.Paths.Select(path => path.Label)), box => Assert.True(
            IsInside(picture, new LayoutPoint(box.X, box.Y)) && IsInside(picture, new LayoutPoint(box.Right, box.Bottom))));
        Assert.All(layout.Paths.SelectMany(path => Points(path.Curve)), point => Assert.True(IsInside(picture, point)));
    }

    [Fact]
    public void Without_cycles_every_edge_leads_down()
    {
        var random = new Random(11);
        ImmutableArray<LayoutEdge> edges = [.. Enumerable.Range(0, 150).Select(_ => (From: random.Next(60), To: random.Next(60)))
            .Where(pair => pair.From != pair.To).Select(pair => Edge(Math.Min(pair.From, pair.To), Math.Max(pair.From, pair.To)))];

        GraphLayout layout = GraphLayout.Compute(Nodes(random, 60), edges.AsSpan());

        Assert.All(edges, edge => Assert.True(layout.Ranks[edge.Source] < layout.Ranks[edge.Target]));
        Assert.All(edges, edge => Assert.True(layout.Boxes[edge.Source].Bottom < layout.Boxes[edge.Target].Y));
    }

    [Fact]
    public void What_nobody_calls_is_above_the_cycle_that_it_calls()
    {
        // 1 and 2 call each other; 0 calls 1.
        GraphLayout layout = Compute(3, (1, 2), (2, 1), (0, 1));

        Assert.Equal([0, 1, 2], layout.Ranks.AsEnumerable());
    }

    [Fact]
    public void Ranks_make_the_edges_short()
    {
        // 4 could stand right below 0 or right above 3, where its two edges to 5 and 6 are shorter together.
        GraphLayout layout = Compute(7, (0, 1), (1, 2), (2, 3), (0, 4), (4, 5), (4, 6), (3, 5), (3, 6));

        Assert.Equal([0, 1, 2, 3, 3, 4, 4], layout.Ranks.AsEnumerable());
    }

    [Fact]
    public void An_edge_with_a_minimal_length_spans_it() =>
        Assert.Equal([0, 2], GraphLayout.Compute([new(50, 20), new(50, 20)], [new LayoutEdge(0, 1, MinLength: 2)]).Ranks.AsEnumerable());

    [Fact]
    public void Lines_that_need_not_cross_do_not()
    {
        // Two trees, named so that the order of their names would cross them all over.
        GraphLayout layout = Compute(10, (0, 3), (0, 5), (0, 9), (1, 2), (1, 4), (1, 6), (3, 8), (4, 7));

        for (int i = 0; i < layout.Paths.Length; i++)
        {
            for (int j = i + 1; j < layout.Paths.Length; j++)
                Assert.False(Cross(layout.Paths[i], layout.Paths[j]), $"{i} crosses {j}");
        }
    }

    [Fact]
    public void The_heaviest_call_of_an_entry_is_straight_below_it()
    {
        GraphLayout layout = GraphLayout.Compute(
            [new(60, 20), new(60, 20), new(60, 20), new(60, 20)], [new(0, 1, default, 10), new(0, 2, default, 90), new(0, 3, default, 10)]);

        Assert.Equal(layout.Boxes[0].CenterX, layout.Boxes[2].CenterX, 3);
    }

    [Fact]
    public void The_same_graph_gives_the_same_picture()
    {
        (_, GraphLayout one) = Random(5, 60, 150);
        (_, GraphLayout other) = Random(5, 60, 150);

        Assert.Equal(one.Boxes.AsEnumerable(), other.Boxes);
        Assert.Equal(one.Paths.SelectMany(path => path.Curve), other.Paths.SelectMany(path => path.Curve));
    }

    [Fact]
    public void A_stack_as_deep_as_they_come_is_laid_out()
    {
        const int Depth = 4_000;
        GraphLayout layout = GraphLayout.Compute(
            [.. Enumerable.Repeat(new LayoutNode(50, 20), Depth)], [.. Enumerable.Range(1, Depth - 1).Select(i => Edge(i - 1, i))]);

        Assert.Equal(Depth - 1, layout.Ranks.Max());
    }

    [Fact]
    public void A_picture_of_500_entries_and_2000_calls_takes_no_more_than_seconds()
    {
        Program(20, 100, 200);
        TimeSpan before = Environment.CpuUsage.TotalTime;

        GraphLayout layout = Program(21, 500, 2_000);

        // About a second; counted in the processor's time, with that of a test beside this one, however busy the machine is.
        Assert.InRange(Environment.CpuUsage.TotalTime - before, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Equal(2_000, layout.Paths.Length);
    }

    [Theory]
    [InlineData(LayoutLimits.MaxNodes + 1, 0)]
    [InlineData(10, LayoutLimits.MaxEdges + 1)]
    public void What_nobody_could_read_is_refused_with_advice(int nodes, int edges)
    {
        LayoutEdge[] all = [.. Enumerable.Range(0, edges).Select(i => Edge(i % 9, (i % 9) + 1))];

        var refused = Assert.Throws<ReportException>(() => GraphLayout.Compute(new LayoutNode[nodes], all));

        Assert.Contains("-nodecount", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Edges_that_pass_too_many_ranks_are_refused()
    {
        const int Depth = 4_000;
        LayoutEdge[] edges = [.. Enumerable.Range(1, Depth - 1).Select(i => Edge(i - 1, i)), .. Enumerable.Range(0, 100).Select(i => Edge(i, Depth - 1 - i))];

        Assert.Throws<ReportException>(() => GraphLayout.Compute(new LayoutNode[Depth], edges));
    }

    [Fact]
    public void Nothing_at_all_is_an_empty_picture() => Assert.Equal(0, GraphLayout.Compute([], []).Width);

    private static (ImmutableArray<LayoutEdge> Edges, GraphLayout Layout) Random(int seed, int nodes, int edges)
    {
        var random = new Random(seed);
        LayoutNode[] boxes = Nodes(random, nodes);

        // Mostly from callers to callees in a layered program, with recursion, calls back and the same pair twice.
        ImmutableArray<LayoutEdge> all = [.. Enumerable.Range(0, edges).Select(_ =>
        {
            int source = random.Next(nodes);
            int target = random.Next(10) == 0 ? random.Next(nodes) : Math.Min(nodes - 1, source + random.Next(1 + (nodes / 4)));
            return new LayoutEdge(source, target, new LayoutNode(20 + random.Next(40), 14), 1 + random.Next(100), 1 + random.Next(2));
        })];
        return (all, GraphLayout.Compute(boxes, all.AsSpan()));
    }

    /// <summary>A program of 30 layers that call those below them, some far below, some back up.</summary>
    private static GraphLayout Program(int seed, int nodes, int edges)
    {
        const int Layers = 30;
        var random = new Random(seed);
        return GraphLayout.Compute(Nodes(random, nodes), [.. Enumerable.Range(0, edges).Select(_ =>
        {
            int layer = random.Next(Layers - 1), below = random.Next(20) switch { 0 => -1, < 14 => 1, < 18 => 2, _ => random.Next(Layers) };
            return new LayoutEdge(Node(layer), Node(Math.Clamp(layer + below, 0, Layers - 1)), new LayoutNode(40, 14), 1 + random.Next(100));
        })]);

        int Node(int layer) => (random.Next(nodes / Layers) * Layers) + layer;
    }

    private static LayoutNode[] Nodes(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new LayoutNode(30 + random.Next(200), 20 + random.Next(80)))];

    private static GraphLayout Compute(int nodes, params (int Source, int Target)[] edges) => GraphLayout.Compute(
        [.. Enumerable.Repeat(new LayoutNode(60, 20), nodes)], [.. edges.Select(pair => Edge(pair.Source, pair.Target))]);

    private static LayoutEdge Edge(int source, int target) => new(source, target, new LayoutNode(30, 14));

    private static LayoutBox Shrunk(LayoutBox box) => new(box.X + 0.01, box.Y + 0.01, Math.Max(0, box.Width - 0.02), Math.Max(0, box.Height - 0.02));

    private static bool IsOnBorder(LayoutBox box, LayoutPoint point)
    {
        const double Near = 0.001;
        bool isWithin = point.X > box.X - Near && point.X < box.Right + Near && point.Y > box.Y - Near && point.Y < box.Bottom + Near;
        return isWithin && !IsInside(new LayoutBox(box.X + Near, box.Y + Near, box.Width - (2 * Near), box.Height - (2 * Near)), point);
    }

    private static bool IsInside(LayoutBox box, LayoutPoint point) => point.X > box.X && point.X < box.Right && point.Y > box.Y && point.Y < box.Bottom;

    private static IEnumerable<LayoutPoint> Points(ImmutableArray<LayoutPoint> curve)
    {
        for (int piece = 0; piece + 3 < curve.Length; piece += 3)
        {
            for (double t = 0; t <= 1; t += 0.05)
            {
                double u = 1 - t;
                yield return new LayoutPoint(
                    (u * u * u * curve[piece].X) + (3 * u * u * t * curve[piece + 1].X) + (3 * u * t * t * curve[piece + 2].X) + (t * t * t * curve[piece + 3].X),
                    (u * u * u * curve[piece].Y) + (3 * u * u * t * curve[piece + 1].Y) + (3 * u * t * t * curve[piece + 2].Y) + (t * t * t * curve[piece + 3].Y));
            }
        }
    }

    private static bool Cross(LayoutPath one, LayoutPath other)
    {
        LayoutPoint[] a = [.. Points(one.Curve)], b = [.. Points(other.Curve)];
        for (int i = 1; i < a.Length; i++)
        {
            for (int j = 1; j < b.Length; j++)
            {
                if (Side(a[i - 1], a[i], b[j - 1]) * Side(a[i - 1], a[i], b[j]) < 0 && Side(b[j - 1], b[j], a[i - 1]) * Side(b[j - 1], b[j], a[i]) < 0)
                    return true;
            }
        }

        return false;
    }

    private static double Side(LayoutPoint from, LayoutPoint to, LayoutPoint point) =>
        ((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X));
}
