namespace Plumb.Reports.Layouts;

/// <summary>
/// A graph whose edges lead from each layer to the next alone. Longer edges are cut by bends, which take their place in the layers between.
/// Boxes are on even layers; on an odd one each edge has a bend with its text.
/// </summary>
internal sealed class LayeredGraph
{
    private readonly List<int> _layerOf = [];
    private readonly List<double> _left = [];
    private readonly List<double> _right = [];

    /// <param name="ranks">Of the nodes.</param>
    /// <param name="edges">Those that lead down, as indices and ends.</param>
    /// <param name="extents">How far each node reaches to the left and to the right of its middle.</param>
    public LayeredGraph(int[] ranks, RankEdge[] edges, (double Left, double Right)[] extents, double[] labelWidths)
    {
        NodeCount = ranks.Length;
        for (int i = 0; i < ranks.Length; i++)
            Add(2 * ranks[i], extents[i].Left, extents[i].Right);

        Chains = new int[edges.Length][];
        LabelBends = new int[edges.Length];
        for (int i = 0; i < edges.Length; i++)
            (Chains[i], LabelBends[i]) = Chain(edges[i], labelWidths[i]);

        Upper = new int[Count][];
        Lower = new int[Count][];
        FavoriteUpper = new int[Count];
        FavoriteLower = new int[Count];
        Connect(edges);
        Layers = [.. Enumerable.Range(0, _layerOf.Count == 0 ? 0 : _layerOf.Max() + 1).Select(_ => Array.Empty<int>())];
        Positions = new int[Count];
        foreach (IGrouping<int, int> layer in Enumerable.Range(0, Count).GroupBy(vertex => _layerOf[vertex]))
            Layers[layer.Key] = [.. layer];

        UpdatePositions();
    }

    /// <summary>Vertices below this are nodes, the others bends.</summary>
    public int NodeCount { get; }

    /// <summary>All vertices.</summary>
    public int Count => _layerOf.Count;

    /// <summary>The vertices of each layer from left to right.</summary>
    public int[][] Layers { get; }

    /// <summary>The place of each vertex in its layer.</summary>
    public int[] Positions { get; }

    /// <summary>The neighbours in the layer above.</summary>
    public int[][] Upper { get; }

    /// <summary>The neighbours in the layer below.</summary>
    public int[][] Lower { get; }

    /// <summary>The neighbour above whose line weighs more than those of all others together; -1 when none does.</summary>
    public int[] FavoriteUpper { get; }

    /// <summary>The neighbour below whose line weighs more than those of all others together; -1 when none does.</summary>
    public int[] FavoriteLower { get; }

    /// <summary>The vertices of each edge, downwards, ends included.</summary>
    public int[][] Chains { get; }

    /// <summary>The bend of each edge that its text stands beside.</summary>
    public int[] LabelBends { get; }

    public bool IsBend(int vertex) => vertex >= NodeCount;

    public int LayerOf(int vertex) => _layerOf[vertex];

    public double Left(int vertex) => _left[vertex];

    public double Right(int vertex) => _right[vertex];

    /// <summary>How far apart the middles of two neighbours must be.</summary>
    public double Distance(int left, int right) =>
        _right[left] + _left[right] + (IsBend(left) || IsBend(right) ? LayoutSpacing.BetweenLines : LayoutSpacing.BetweenNodes);

    public void UpdatePositions()
    {
        foreach (int[] layer in Layers)
        {
            for (int i = 0; i < layer.Length; i++)
                Positions[layer[i]] = i;
        }
    }

    private int Add(int layer, double left, double right)
    {
        _layerOf.Add(layer);
        _left.Add(left);
        _right.Add(right);
        return Count - 1;
    }

    private (int[] Chain, int LabelBend) Chain(RankEdge edge, double labelWidth)
    {
        int top = _layerOf[edge.Upper], bottom = _layerOf[edge.Lower], middle = (top + bottom) / 2;
        int labelLayer = middle % 2 == 1 ? middle : middle - 1;
        var chain = new int[bottom - top + 1];
        chain[0] = edge.Upper;
        chain[^1] = edge.Lower;
        for (int layer = top + 1; layer < bottom; layer++)
            chain[layer - top] = Add(layer, 0, layer == labelLayer && labelWidth > 0 ? labelWidth + LayoutSpacing.BesideLabel + LayoutSpacing.LabelPlay : 0);

        return (chain, chain[labelLayer - top]);
    }

    private void Connect(RankEdge[] edges)
    {
        List<(int Vertex, long Weight)>[] upper = [.. Enumerable.Range(0, Count).Select(_ => new List<(int, long)>())];
        List<(int Vertex, long Weight)>[] lower = [.. Enumerable.Range(0, Count).Select(_ => new List<(int, long)>())];
        for (int edge = 0; edge < Chains.Length; edge++)
        {
            int[] chain = Chains[edge];
            for (int i = 1; i < chain.Length; i++)
            {
                lower[chain[i - 1]].Add((chain[i], edges[edge].Weight));
                upper[chain[i]].Add((chain[i - 1], edges[edge].Weight));
            }
        }

        for (int i = 0; i < Count; i++)
        {
            (Upper[i], Lower[i]) = ([.. upper[i].Select(row => row.Vertex)], [.. lower[i].Select(row => row.Vertex)]);
            (FavoriteUpper[i], FavoriteLower[i]) = (Favorite(upper[i]), Favorite(lower[i]));
        }
    }

    private static int Favorite(List<(int Vertex, long Weight)> neighbors)
    {
        long total = neighbors.Sum(row => row.Weight);
        return neighbors.Where(row => row.Weight > total - row.Weight).Select(row => row.Vertex).FirstOrDefault(-1);
    }
}
