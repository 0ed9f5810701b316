namespace Plumb.Reports.Layouts;

/// <summary>A layered graph whose layers have their y and whose vertices have their x.</summary>
internal sealed class PlacedGraph
{
    private readonly double[] _x;
    private readonly double[] _tops;
    private readonly double[] _bottoms;
    private readonly int[][] _nodes;

    public PlacedGraph(LayeredGraph graph, ReadOnlySpan<LayoutNode> nodes, LayoutNode[] labels, double[] x)
    {
        Graph = graph;
        Labels = labels;
        _x = x;
        _tops = new double[graph.Layers.Length];
        _bottoms = new double[graph.Layers.Length];
        var heights = new double[graph.Layers.Length];
        for (int node = 0; node < nodes.Length; node++)
            heights[graph.LayerOf(node)] = Math.Max(heights[graph.LayerOf(node)], nodes[node].Height);

        for (int edge = 0; edge < labels.Length; edge++)
            heights[graph.LayerOf(graph.LabelBends[edge])] = Math.Max(heights[graph.LayerOf(graph.LabelBends[edge])], labels[edge].Height);

        for (int layer = 0; layer < heights.Length; layer++)
        {
            _tops[layer] = layer == 0 ? 0 : _bottoms[layer - 1] + LayoutSpacing.BetweenRanks;
            _bottoms[layer] = _tops[layer] + heights[layer];
        }

        Boxes = new LayoutBox[nodes.Length];
        for (int node = 0; node < nodes.Length; node++)
            Boxes[node] = new LayoutBox(x[node] - (nodes[node].Width / 2), Middle(graph.LayerOf(node)) - (nodes[node].Height / 2), nodes[node].Width, nodes[node].Height);

        _nodes = [.. graph.Layers.Select(layer => layer.Where(vertex => !graph.IsBend(vertex)).ToArray())];
    }

    public LayeredGraph Graph { get; }

    public LayoutBox[] Boxes { get; }

    /// <summary>The size of the text of each edge.</summary>
    public LayoutNode[] Labels { get; }

    public double X(int vertex) => _x[vertex];

    public double Top(int layer) => _tops[layer];

    public double Bottom(int layer) => _bottoms[layer];

    /// <summary>The node whose box, with its loops, lies around a point or nearer to it than a distance; -1 when there is none.</summary>
    public int FindNode(LayoutPoint point, double distance)
    {
        int layer = Array.BinarySearch(_bottoms, point.Y - distance);
        layer = layer < 0 ? ~layer : layer;
        if (layer == _bottoms.Length)
            return -1;

        // The first that does not end before the point; those of a layer are in order and do not overlap.
        int[] nodes = _nodes[layer];
        int low = 0, high = nodes.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_x[nodes[middle]] + Graph.Right(nodes[middle]) + distance < point.X)
                low = middle + 1;
            else
                high = middle;
        }

        if (low == nodes.Length)
            return -1;

        LayoutBox box = Boxes[nodes[low]];
        bool isNear = point.X > box.X - distance && point.Y > box.Y - distance && point.Y < box.Bottom + distance;
        return isNear ? nodes[low] : -1;
    }

    public double Middle(int layer) => (_tops[layer] + _bottoms[layer]) / 2;
}
