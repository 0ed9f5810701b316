namespace Plumb.Reports.Layouts;

/// <summary>Chooses edges that are drawn upwards, so that all others can lead down: those that lead back on the way from the roots.</summary>
internal static class CycleBreaker
{
    /// <param name="edges">Without loops. Of the edges that leave a node, earlier ones are followed first.</param>
    /// <returns>For each edge whether it leads back.</returns>
    public static bool[] FindBackward(int nodeCount, ReadOnlySpan<LayoutEdge> edges)
    {
        var outgoing = new List<int>[nodeCount];
        for (int i = 0; i < nodeCount; i++)
            outgoing[i] = [];

        var hasCaller = new bool[nodeCount];
        for (int i = 0; i < edges.Length; i++)
        {
            outgoing[edges[i].Source].Add(i);
            hasCaller[edges[i].Target] = true;
        }

        var walk = new Walk(outgoing, edges.Length);
        for (int pass = 0; pass < 2; pass++)
        {
            // What nobody calls belongs on top; only then the cycles that are reached from nowhere.
            for (int node = 0; node < nodeCount; node++)
            {
                if (pass == 1 || !hasCaller[node])
                    walk.From(node, edges);
            }
        }

        return walk.IsBackward;
    }

    /// <summary>Depth first without recursion: call graphs can be as deep as stacks.</summary>
    private sealed class Walk(List<int>[] outgoing, int edgeCount)
    {
        private readonly bool[] _seen = new bool[outgoing.Length];
        private readonly bool[] _isOnPath = new bool[outgoing.Length];
        private readonly int[] _next = new int[outgoing.Length];
        private readonly Stack<int> _path = new();

        public bool[] IsBackward { get; } = new bool[edgeCount];

        public void From(int root, ReadOnlySpan<LayoutEdge> edges)
        {
            if (_seen[root])
                return;

            Enter(root);
            while (_path.TryPeek(out int node))
            {
                if (_next[node] == outgoing[node].Count)
                {
                    _isOnPath[node] = false;
                    _path.Pop();
                    continue;
                }

                int edge = outgoing[node][_next[node]++];
                int target = edges[edge].Target;
                IsBackward[edge] = _isOnPath[target];
                if (!_seen[target])
                    Enter(target);
            }
        }

        private void Enter(int node)
        {
            _seen[node] = _isOnPath[node] = true;
            _path.Push(node);
        }
    }
}
