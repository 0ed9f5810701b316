namespace Plumb.Reports.Layouts;

/// <summary>
/// Orders the layers so that few edges cross: sweeps down and up that move each vertex to the median of its neighbours, and exchanges of
/// neighbours after each. The best order seen wins.
/// </summary>
internal sealed class LayerOrder
{
    private const int MaxSweeps = 32;
    private const int MaxSweepsInVain = 8;
    private const int MaxExchangePasses = 8;

    private readonly LayeredGraph _graph;
    private readonly int[][] _sortedUpper;
    private readonly int[][] _sortedLower;

    private LayerOrder(LayeredGraph graph)
    {
        _graph = graph;
        _sortedUpper = [.. graph.Upper.Select(row => new int[row.Length])];
        _sortedLower = [.. graph.Lower.Select(row => new int[row.Length])];
    }

    public static void Optimize(LayeredGraph graph, CancellationToken cancellationToken = default) => new LayerOrder(graph).Optimize(cancellationToken);

    /// <summary>How many pairs of edges cross.</summary>
    public static long CountCrossings(LayeredGraph graph)
    {
        long crossings = 0;
        for (int layer = 0; layer + 1 < graph.Layers.Length; layer++)
            crossings += CountCrossings(graph, layer);

        return crossings;
    }

    private void Optimize(CancellationToken cancellationToken)
    {
        OrderByPaths();
        long best = CountCrossings(_graph);
        int[][] bestLayers = Copy();
        for (int sweep = 0, vain = 0; sweep < MaxSweeps && vain < MaxSweepsInVain && best > 0; sweep++, vain++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Sweep(down: sweep % 2 == 0, tiesToTheRight: sweep % 4 >= 2);
            Exchange();
            long crossings = CountCrossings(_graph);
            if (crossings >= best)
                continue;

            (best, bestLayers, vain) = (crossings, Copy(), 0);
        }

        for (int i = 0; i < bestLayers.Length; i++)
            _graph.Layers[i] = bestLayers[i];

        _graph.UpdatePositions();
    }

    private int[][] Copy() => [.. _graph.Layers.Select(layer => (int[])layer.Clone())];

    // What is reached from the same place starts side by side.
    private void OrderByPaths()
    {
        var seen = new bool[_graph.Count];
        List<int>[] layers = [.. _graph.Layers.Select(_ => new List<int>())];
        var pending = new Stack<int>();
        foreach (int root in _graph.Layers.SelectMany(layer => layer))
        {
            if (seen[root])
                continue;

            pending.Push(root);
            while (pending.TryPop(out int vertex))
            {
                if (seen[vertex])
                    continue;

                seen[vertex] = true;
                layers[_graph.LayerOf(vertex)].Add(vertex);
                int[] below = _graph.Lower[vertex];
                for (int i = below.Length - 1; i >= 0; i--)
                    pending.Push(below[i]);
            }
        }

        for (int i = 0; i < layers.Length; i++)
            _graph.Layers[i] = [.. layers[i]];

        _graph.UpdatePositions();
    }

    private void Sweep(bool down, bool tiesToTheRight)
    {
        int count = _graph.Layers.Length;
        for (int i = 1; i < count; i++)
            SortByMedian(_graph.Layers[down ? i : count - 1 - i], down ? _graph.Upper : _graph.Lower, tiesToTheRight);
    }

    private void SortByMedian(int[] layer, int[][] neighbors, bool tiesToTheRight)
    {
        var slots = new List<int>();
        var movable = new List<(double Median, int Position, int Vertex)>();
        for (int i = 0; i < layer.Length; i++)
        {
            // A vertex without neighbours has no reason to be elsewhere.
            if (neighbors[layer[i]].Length == 0)
                continue;

            slots.Add(i);
            movable.Add((Median(neighbors[layer[i]]), tiesToTheRight ? -i : i, layer[i]));
        }

        movable.Sort();
        for (int i = 0; i < slots.Count; i++)
            layer[slots[i]] = movable[i].Vertex;

        for (int i = 0; i < layer.Length; i++)
            _graph.Positions[layer[i]] = i;
    }

    private double Median(int[] neighbors)
    {
        int[] places = [.. neighbors.Select(vertex => _graph.Positions[vertex])];
        Array.Sort(places);
        int middle = places.Length / 2;
        if (places.Length % 2 == 1)
            return places[middle];

        if (places.Length == 2)
            return (places[0] + places[1]) / 2.0;

        // Between the two in the middle, nearer to the side on which the others crowd.
        double left = places[middle - 1] - places[0], right = places[^1] - places[middle];
        return left + right == 0 ? places[middle] : ((places[middle - 1] * right) + (places[middle] * left)) / (left + right);
    }

    private void Exchange()
    {
        for (int pass = 0, improved = 1; pass < MaxExchangePasses && improved > 0; pass++)
        {
            improved = 0;
            foreach (int[] layer in _graph.Layers)
                improved += Exchange(layer) ? 1 : 0;
        }
    }

    private bool Exchange(int[] layer)
    {
        foreach (int vertex in layer)
        {
            SortPlaces(_graph.Upper[vertex], _sortedUpper[vertex]);
            SortPlaces(_graph.Lower[vertex], _sortedLower[vertex]);
        }

        bool improved = false;
        for (int i = 0; i + 1 < layer.Length; i++)
        {
            int left = layer[i], right = layer[i + 1];
            long now = Crossings(_sortedUpper[left], _sortedUpper[right]) + Crossings(_sortedLower[left], _sortedLower[right]);
            if (now == 0)
                continue;

            long then = Crossings(_sortedUpper[right], _sortedUpper[left]) + Crossings(_sortedLower[right], _sortedLower[left]);
            if (then >= now)
                continue;

            (layer[i], layer[i + 1]) = (right, left);
            (_graph.Positions[left], _graph.Positions[right]) = (i + 1, i);
            improved = true;
        }

        return improved;
    }

    private void SortPlaces(int[] neighbors, int[] places)
    {
        for (int i = 0; i < places.Length; i++)
            places[i] = _graph.Positions[neighbors[i]];

        Array.Sort(places);
    }

    /// <summary>Pairs of edges that cross when one vertex stands left of another; their neighbours' places are in order.</summary>
    private static long Crossings(int[] left, int[] right)
    {
        long crossings = 0;
        int before = 0;
        foreach (int place in left)
        {
            while (before < right.Length && right[before] < place)
                before++;

            crossings += before;
        }

        return crossings;
    }

    // Barth, Jünger and Mutzel, "Simple and efficient bilayer cross counting" (2002): the upper ends are passed from left to right, and a
    // tree of sums knows how many lower ends seen so far lie to the right.
    private static long CountCrossings(LayeredGraph graph, int layer)
    {
        var sums = new long[graph.Layers[layer + 1].Length + 1];
        long seen = 0, crossings = 0;
        foreach (int vertex in graph.Layers[layer])
        {
            foreach (int lower in graph.Lower[vertex])
                crossings += seen - SumUpTo(sums, graph.Positions[lower]);

            foreach (int lower in graph.Lower[vertex])
            {
                seen++;
                for (int i = graph.Positions[lower] + 1; i < sums.Length; i += i & -i)
                    sums[i]++;
            }
        }

        return crossings;
    }

    private static long SumUpTo(long[] sums, int position)
    {
        long sum = 0;
        for (int i = position + 1; i > 0; i -= i & -i)
            sum += sums[i];

        return sum;
    }
}
