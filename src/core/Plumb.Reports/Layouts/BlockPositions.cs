namespace Plumb.Reports.Layouts;

/// <summary>
/// Gives the vertices of ordered layers their x: the method of Brandes and Köpf, "Fast and simple horizontal coordinate assignment"
/// (2001), with one addition: a heavy line is straight before others. Vertices are put straight below a median neighbour where the lines
/// allow it, which makes vertical blocks; these are packed. That
/// is done four times, towards each corner, and each vertex gets the middle of the four. Long edges are straight but for their ends, and
/// since each of the four keeps all distances, so does their middle.
/// </summary>
internal sealed class BlockPositions
{
    private readonly LayeredGraph _graph;
    private readonly HashSet<(int Upper, int Lower)> _conflicts = [];

    private BlockPositions(LayeredGraph graph) => _graph = graph;

    /// <returns>The middle of each vertex, in any place.</returns>
    public static double[] Compute(LayeredGraph graph)
    {
        var positions = new BlockPositions(graph);
        positions.FindConflicts();
        return Balance(
        [
            positions.Towards(down: true, right: true), positions.Towards(down: true, right: false),
            positions.Towards(down: false, right: true), positions.Towards(down: false, right: false),
        ]);
    }

    // Where the inner part of a long edge, between two bends, crosses a line that ends at a box, the long edge stays straight.
    private void FindConflicts()
    {
        for (int i = 1; i < _graph.Layers.Length; i++)
        {
            int[] lower = _graph.Layers[i];
            int scanned = 0, leftBound = 0;
            for (int end = 0; end < lower.Length; end++)
            {
                int inner = InnerNeighbor(lower[end]);
                if (end != lower.Length - 1 && inner < 0)
                    continue;

                int rightBound = inner >= 0 ? _graph.Positions[inner] : _graph.Layers[i - 1].Length - 1;
                for (; scanned <= end; scanned++)
                    AddConflicts(lower[scanned], leftBound, rightBound);

                leftBound = rightBound;
            }
        }
    }

    private void AddConflicts(int lower, int leftBound, int rightBound)
    {
        foreach (int upper in _graph.Upper[lower])
        {
            int place = _graph.Positions[upper];
            if ((place < leftBound || place > rightBound) && !(_graph.IsBend(upper) && _graph.IsBend(lower)))
                _conflicts.Add((upper, lower));
        }
    }

    private int InnerNeighbor(int vertex) =>
        _graph.IsBend(vertex) && _graph.IsBend(_graph.Upper[vertex][0]) ? _graph.Upper[vertex][0] : -1;

    /// <param name="down">Whether each layer follows the one above it, or the one below.</param>
    /// <param name="right">Whether blocks are packed towards the left, from left to right, or the other way round.</param>
    private double[] Towards(bool down, bool right) => Pack(Align(down, right), right);

    /// <returns>For each vertex the first one of its block.</returns>
    private int[] Align(bool down, bool right)
    {
        int[] roots = [.. Enumerable.Range(0, _graph.Count)];
        var isTaken = new bool[_graph.Count];
        int[][] neighbors = down ? _graph.Upper : _graph.Lower;
        int[] favorites = down ? _graph.FavoriteUpper : _graph.FavoriteLower;
        for (int i = 1; i < _graph.Layers.Length; i++)
        {
            int[] layer = _graph.Layers[down ? i : _graph.Layers.Length - 1 - i];
            int last = -1;
            for (int k = 0; k < layer.Length; k++)
            {
                int vertex = layer[right ? k : layer.Length - 1 - k];
                foreach (int neighbor in favorites[vertex] >= 0 ? [favorites[vertex]] : Medians(neighbors[vertex], right))
                {
                    int place = right ? _graph.Positions[neighbor] : int.MaxValue - 1 - _graph.Positions[neighbor];
                    if (isTaken[neighbor] || place <= last || !MayAlign(down ? neighbor : vertex, down ? vertex : neighbor))
                        continue;

                    isTaken[neighbor] = true;
                    roots[vertex] = roots[neighbor];
                    last = place;
                    break;
                }
            }
        }

        return roots;
    }

    private bool MayAlign(int upper, int lower) =>
        !_conflicts.Contains((upper, lower))
        && (_graph.FavoriteLower[upper] < 0 || _graph.FavoriteLower[upper] == lower)
        && (_graph.FavoriteUpper[lower] < 0 || _graph.FavoriteUpper[lower] == upper);

    private int[] Medians(int[] neighbors, bool right)
    {
        if (neighbors.Length == 0)
            return [];

        int[] ordered = [.. neighbors.OrderBy(vertex => right ? _graph.Positions[vertex] : -_graph.Positions[vertex])];
        int low = (ordered.Length - 1) / 2, high = ordered.Length / 2;
        return low == high ? [ordered[low]] : [ordered[low], ordered[high]];
    }

    // First all blocks as far to the left as those before them allow, then each as far to the right as those behind it allow: without the
    // second step, blocks that nothing holds would stay far away from what they belong to.
    private double[] Pack(int[] roots, bool right)
    {
        List<(int Block, double Distance)>[] before = Lists(), after = Lists();
        foreach (int[] layer in _graph.Layers)
        {
            for (int i = 1; i < layer.Length; i++)
            {
                int left = right ? layer[i - 1] : layer[layer.Length - i];
                int next = right ? layer[i] : layer[layer.Length - 1 - i];
                double distance = right ? _graph.Distance(left, next) : _graph.Distance(next, left);
                before[roots[next]].Add((roots[left], distance));
                after[roots[left]].Add((roots[next], distance));
            }
        }

        var x = new double[_graph.Count];
        List<int> order = Sort(roots, before, after);
        foreach (int block in order)
        {
            foreach ((int other, double distance) in before[block])
                x[block] = Math.Max(x[block], x[other] + distance);
        }

        for (int i = order.Count - 1; i >= 0; i--)
        {
            int block = order[i];
            if (after[block].Count > 0)
                x[block] = Math.Max(x[block], after[block].Min(row => x[row.Block] - row.Distance));
        }

        for (int vertex = 0; vertex < x.Length; vertex++)
            x[vertex] = x[roots[vertex]];

        return right ? x : [.. x.Select(value => -value)];
    }

    private List<(int Block, double Distance)>[] Lists() => [.. Enumerable.Range(0, _graph.Count).Select(_ => new List<(int, double)>())];

    private static List<int> Sort(int[] roots, List<(int Block, double Distance)>[] before, List<(int Block, double Distance)>[] after)
    {
        int[] waiting = [.. before.Select(rows => rows.Count)];
        var order = new List<int>();
        var ready = new Queue<int>(Enumerable.Range(0, roots.Length).Where(vertex => roots[vertex] == vertex && waiting[vertex] == 0));
        while (ready.TryDequeue(out int block))
        {
            order.Add(block);
            foreach ((int next, _) in after[block])
            {
                if (--waiting[next] == 0)
                    ready.Enqueue(next);
            }
        }

        return order;
    }

    // The four are shifted onto the narrowest of them: those packed to the left by their left sides, the others by their right ones.
    private static double[] Balance(double[][] four)
    {
        int count = four[0].Length;
        if (count == 0)
            return [];

        double[] narrowest = four.MinBy(x => x.Max() - x.Min())!;
        double least = narrowest.Min(), most = narrowest.Max();
        for (int i = 0; i < four.Length; i++)
        {
            double shift = i % 2 == 0 ? least - four[i].Min() : most - four[i].Max();
            for (int vertex = 0; vertex < count; vertex++)
                four[i][vertex] += shift;
        }

        var middle = new double[count];
        var values = new double[four.Length];
        for (int vertex = 0; vertex < count; vertex++)
        {
            for (int i = 0; i < four.Length; i++)
                values[i] = four[i][vertex];

            Array.Sort(values);
            middle[vertex] = (values[1] + values[2]) / 2;
        }

        return middle;
    }
}
