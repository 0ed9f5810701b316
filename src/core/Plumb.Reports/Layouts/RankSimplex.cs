namespace Plumb.Reports.Layouts;

/// <summary>
/// Gives nodes of an acyclic graph ranks such that each edge leads down by its minimal length at least, and the edges are short in all,
/// each counted by its weight: the network simplex method of Gansner, Koutsofios, North and Vo, "A technique for drawing directed graphs"
/// (1993). A spanning tree of edges that are as short as they may be fixes all ranks; as long as exchanging one of them makes others
/// shorter, it is exchanged.
/// </summary>
internal sealed class RankSimplex
{
    private const int None = -1;

    private readonly int _nodeCount;
    private readonly RankEdge[] _edges;
    private readonly int[] _ranks;
    private readonly List<int>[] _incident;
    private readonly List<int>[] _tree;
    private readonly bool[] _isInTree;

    // Of the tree, hung up at one node of each component.
    private readonly int[] _component;
    private readonly int[] _order;
    private readonly int[] _parentEdge;
    private readonly int[] _first;
    private readonly int[] _last;
    private readonly long[] _balance;
    private readonly long[] _sums;

    private RankSimplex(int nodeCount, RankEdge[] edges)
    {
        _nodeCount = nodeCount;
        _edges = edges;
        _ranks = new int[nodeCount];
        _incident = Lists(nodeCount);
        _tree = Lists(nodeCount);
        _isInTree = new bool[edges.Length];
        _component = new int[nodeCount];
        _order = new int[nodeCount];
        _parentEdge = new int[nodeCount];
        _first = new int[nodeCount];
        _last = new int[nodeCount];
        _balance = new long[nodeCount];
        _sums = new long[nodeCount];
        for (int i = 0; i < edges.Length; i++)
        {
            _incident[edges[i].Upper].Add(i);
            _incident[edges[i].Lower].Add(i);
            _balance[edges[i].Upper] += edges[i].Weight;
            _balance[edges[i].Lower] -= edges[i].Weight;
        }
    }

    /// <returns>The rank of each node; each component has a node on rank 0.</returns>
    public static int[] Solve(int nodeCount, RankEdge[] edges, CancellationToken cancellationToken = default)
    {
        var simplex = new RankSimplex(nodeCount, edges);
        simplex.FindComponents();
        simplex.RankByLongestPath();
        simplex.BuildTree();
        simplex.HangUp();

        // It ends by itself but for ties that go round in circles; what there is at any time is a valid ranking.
        int exchanges = 20 * (nodeCount + 10);
        while (exchanges-- > 0 && simplex.Improve())
            cancellationToken.ThrowIfCancellationRequested();

        simplex.Normalize();
        return simplex._ranks;
    }

    private static List<int>[] Lists(int count)
    {
        var lists = new List<int>[count];
        for (int i = 0; i < count; i++)
            lists[i] = [];

        return lists;
    }

    private void FindComponents()
    {
        Array.Fill(_component, None);
        var pending = new Stack<int>();
        for (int root = 0; root < _nodeCount; root++)
        {
            if (_component[root] != None)
                continue;

            _component[root] = root;
            pending.Push(root);
            while (pending.TryPop(out int node))
            {
                foreach (int edge in _incident[node])
                {
                    int other = Other(edge, node);
                    if (_component[other] != None)
                        continue;

                    _component[other] = root;
                    pending.Push(other);
                }
            }
        }
    }

    private void RankByLongestPath()
    {
        var waiting = new int[_nodeCount];
        foreach (RankEdge edge in _edges)
            waiting[edge.Lower]++;

        var ready = new Queue<int>(Enumerable.Range(0, _nodeCount).Where(node => waiting[node] == 0));
        while (ready.TryDequeue(out int node))
        {
            foreach (int edge in _incident[node])
            {
                RankEdge row = _edges[edge];
                if (row.Upper != node)
                    continue;

                _ranks[row.Lower] = Math.Max(_ranks[row.Lower], _ranks[node] + row.MinLength);
                if (--waiting[row.Lower] == 0)
                    ready.Enqueue(row.Lower);
            }
        }
    }

    // A part of the tree grows along edges without slack; when there is none left, all of it moves towards the nearest node.
    private void BuildTree()
    {
        var isReached = new bool[_nodeCount];
        var reached = new List<int>();
        for (int root = 0; root < _nodeCount; root++)
        {
            if (_component[root] != root)
                continue;

            reached.Clear();
            Reach(root, isReached, reached);
            while (FindNearest(reached, isReached) is var edge && edge != None)
            {
                bool upperIsReached = isReached[_edges[edge].Upper];
                int move = upperIsReached ? Slack(edge) : -Slack(edge);
                foreach (int node in reached)
                    _ranks[node] += move;

                AddToTree(edge);
                Reach(upperIsReached ? _edges[edge].Lower : _edges[edge].Upper, isReached, reached);
            }
        }
    }

    private void Reach(int start, bool[] isReached, List<int> reached)
    {
        var pending = new Stack<int>();
        isReached[start] = true;
        reached.Add(start);
        pending.Push(start);
        while (pending.TryPop(out int node))
        {
            foreach (int edge in _incident[node])
            {
                int other = Other(edge, node);
                if (isReached[other] || Slack(edge) != 0)
                    continue;

                AddToTree(edge);
                isReached[other] = true;
                reached.Add(other);
                pending.Push(other);
            }
        }
    }

    private int FindNearest(List<int> reached, bool[] isReached)
    {
        int nearest = None;
        foreach (int node in reached)
        {
            foreach (int edge in _incident[node])
            {
                if (!isReached[Other(edge, node)] && (nearest == None || Slack(edge) < Slack(nearest)))
                    nearest = edge;
            }
        }

        return nearest;
    }

    private void AddToTree(int edge)
    {
        _isInTree[edge] = true;
        _tree[_edges[edge].Upper].Add(edge);
        _tree[_edges[edge].Lower].Add(edge);
    }

    private void RemoveFromTree(int edge)
    {
        _isInTree[edge] = false;
        _tree[_edges[edge].Upper].Remove(edge);
        _tree[_edges[edge].Lower].Remove(edge);
    }

    /// <summary>Numbers the nodes so that what hangs below one has the numbers from its first to its last.</summary>
    private void HangUp()
    {
        int count = 0;
        var pending = new Stack<(int Node, int Edge)>();
        for (int root = 0; root < _nodeCount; root++)
        {
            if (_component[root] != root)
                continue;

            pending.Push((root, None));
            while (pending.TryPop(out (int Node, int Edge) next))
            {
                _parentEdge[next.Node] = next.Edge;
                _first[next.Node] = count;
                _order[count++] = next.Node;
                foreach (int edge in _tree[next.Node])
                {
                    if (edge != next.Edge)
                        pending.Push((Other(edge, next.Node), edge));
                }
            }
        }

        SumUp();
    }

    // Edges within a part cancel out in the sum of its nodes' balances; what is left is the weight of those that leave it less that of
    // those that enter it. That is what a tree edge's exchange gains or costs.
    private void SumUp()
    {
        for (int i = _nodeCount - 1; i >= 0; i--)
        {
            int node = _order[i];
            _sums[node] = _balance[node];
            _last[node] = _first[node];
            foreach (int edge in _tree[node])
            {
                if (edge == _parentEdge[node])
                    continue;

                int child = Other(edge, node);
                _sums[node] += _sums[child];
                _last[node] = Math.Max(_last[node], _last[child]);
            }
        }
    }

    private bool Improve()
    {
        int node = FindWorst();
        if (node == None)
            return false;

        int leaving = _parentEdge[node];
        bool isUpper = _edges[leaving].Upper == node;
        int entering = FindEntering(node, isUpper);
        if (entering == None)
            return false;

        int move = isUpper ? -Slack(entering) : Slack(entering);
        for (int i = _first[node]; i <= _last[node]; i++)
            _ranks[_order[i]] += move;

        RemoveFromTree(leaving);
        AddToTree(entering);
        HangUp();
        return true;
    }

    /// <summary>The node below the tree edge that costs most; -1 when none costs anything.</summary>
    private int FindWorst()
    {
        int worst = None;
        long least = 0;
        foreach (int node in _order)
        {
            if (_parentEdge[node] == None)
                continue;

            long cut = _edges[_parentEdge[node]].Upper == node ? _sums[node] : -_sums[node];
            if (cut < least)
                (worst, least) = (node, cut);
        }

        return worst;
    }

    /// <summary>The shortest edge that leads the other way between what hangs below a node and the rest.</summary>
    private int FindEntering(int node, bool intoPart)
    {
        int best = None;
        for (int edge = 0; edge < _edges.Length; edge++)
        {
            bool upperInPart = IsBelow(_edges[edge].Upper, node), lowerInPart = IsBelow(_edges[edge].Lower, node);
            if (upperInPart != lowerInPart && lowerInPart == intoPart && !_isInTree[edge] && (best == None || Slack(edge) < Slack(best)))
                best = edge;
        }

        return best;
    }

    private bool IsBelow(int node, int top) => _first[node] >= _first[top] && _first[node] <= _last[top];

    private void Normalize()
    {
        var least = new int[_nodeCount];
        Array.Fill(least, int.MaxValue);
        for (int node = 0; node < _nodeCount; node++)
            least[_component[node]] = Math.Min(least[_component[node]], _ranks[node]);

        for (int node = 0; node < _nodeCount; node++)
            _ranks[node] -= least[_component[node]];
    }

    private int Other(int edge, int node) => _edges[edge].Upper == node ? _edges[edge].Lower : _edges[edge].Upper;

    private int Slack(int edge) => _ranks[_edges[edge].Lower] - _ranks[_edges[edge].Upper] - _edges[edge].MinLength;
}
