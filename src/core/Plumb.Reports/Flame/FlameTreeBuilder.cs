using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plumb.Reports.Graphs;

namespace Plumb.Reports.Flame;

/// <summary>
/// Builds the tree from its root: the stacks of a node are divided by their next frame, and only the groups that are large enough to be
/// seen are divided further. No stack is sorted or hashed, and what nobody sees costs nothing: most stacks are read for their first few frames.
/// </summary>
internal sealed class FlameTreeBuilder
{
    // When not everything fits, a millionth is where the search for what does begins: each attempt costs as much as a whole tree.
    private const long SmallestPart = 1_000_000;

    private readonly NodeSource _source;
    private readonly StackCursors _cursors;
    private readonly long[] _values;
    private readonly long[] _weights;
    private readonly long _cutoff;
    private readonly int _maxNodes;

    // The stacks, those of a node side by side; the next frame of each; and room to regroup them.
    private readonly int[] _order;
    private readonly int[] _next;
    private readonly int[] _scratch;

    // For each entry, the group that it leads in the node that was divided last.
    private readonly int[] _stamps;
    private readonly int[] _groupOf;
    private int _epoch;

    private readonly List<Group> _groups = [];
    private readonly Stack<Node> _pending = new();
    private readonly ImmutableArray<int>.Builder _frames = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<int>.Builder _depths = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<long>.Builder _sums = ImmutableArray.CreateBuilder<long>();
    private readonly ImmutableArray<long>.Builder _selves = ImmutableArray.CreateBuilder<long>();
    private readonly ImmutableArray<long>.Builder _widths = ImmutableArray.CreateBuilder<long>();
    private int _dropped;

    private FlameTreeBuilder(NodeSource source, FlameStacks stacks, StackCursors cursors, long cutoff, int maxNodes)
    {
        _source = source;
        _cursors = cursors;
        _values = source.Weights.Values;
        _weights = source.Weights.Gross ?? source.Weights.Values;
        _cutoff = cutoff;
        _maxNodes = maxNodes;
        _order = new int[stacks.Count];
        for (int i = 0; i < _order.Length; i++)
            _order[i] = stacks[i];

        _next = new int[_order.Length];
        _scratch = new int[_order.Length];
        _stamps = new int[source.Table.Count];
        _groupOf = new int[source.Table.Count];
    }

    private readonly record struct Node(int Entry, int Depth, int From, int To, long Value, long Weight);

    private record struct Group(int Entry, int Count, long Value, long Weight, int At);

    /// <param name="cursors">Puts cursors at the start; called for each attempt.</param>
    /// <param name="root">The entry at the root, or -1.</param>
    public static FlameTree Build(
        NodeSource source, FlameStacks stacks, Func<StackCursors> cursors, FlameDetail detail, int root, CancellationToken cancellation)
    {
        long[] weights = source.Weights.Gross ?? source.Weights.Values;
        long total = 0;
        for (int i = 0; i < stacks.Count; i++)
            total += weights[stacks[i]];

        // Very deep stacks of which many are wide enough give more nodes than anybody can look at: then less is wide enough.
        for (long cutoff = (long)(total * detail.Fraction); ; cutoff = cutoff == 0 ? Math.Max(1, total / SmallestPart) : cutoff * 2)
        {
            var builder = new FlameTreeBuilder(source, stacks, cursors(), cutoff, detail.MaxNodes);
            if (builder.TryBuild(root, cancellation))
                return builder.Tree();
        }
    }

    private FlameTree Tree() => new(
        _frames.DrainToImmutable(), _depths.DrainToImmutable(), _sums.DrainToImmutable(), _selves.DrainToImmutable(), _widths.DrainToImmutable())
    {
        DroppedBranches = _dropped,
        Cutoff = _cutoff,
    };

    private bool TryBuild(int root, CancellationToken cancellation)
    {
        long value = 0, weight = 0;
        foreach (int stack in _order)
        {
            value += _values[stack];
            weight += _weights[stack];
        }

        _pending.Push(new Node(root, 0, 0, _order.Length, value, weight));
        while (_pending.TryPop(out Node node))
        {
            cancellation.ThrowIfCancellationRequested();
            if (_frames.Count == _maxNodes)
                return false;

            _frames.Add(node.Entry);
            _depths.Add(node.Depth);
            _sums.Add(node.Value);
            _widths.Add(node.Weight);
            _selves.Add(Divide(node));
            PushChildren(node);
        }

        return true;
    }

    /// <summary>Finds the groups of a node; returns what ends here.</summary>
    private long Divide(Node node)
    {
        long self = 0;
        _groups.Clear();
        _epoch++;
        for (int i = node.From; i < node.To; i++)
        {
            int stack = _order[i];
            int entry = _next[i] = _cursors.Next(stack);
            if (entry < 0)
            {
                self += _values[stack];
                continue;
            }

            if (_stamps[entry] != _epoch)
            {
                _stamps[entry] = _epoch;
                _groupOf[entry] = _groups.Count;
                _groups.Add(new Group(entry, 0, 0, 0, 0));
            }

            ref Group group = ref CollectionsMarshal.AsSpan(_groups)[_groupOf[entry]];
            group.Count++;
            group.Value += _values[stack];
            group.Weight += _weights[stack];
        }

        return self;
    }

    private void PushChildren(Node node)
    {
        int all = _groups.Count;
        _groups.RemoveAll(group => group.Weight < _cutoff || group.Weight == 0);
        _dropped += all - _groups.Count;
        _groups.Sort(Compare);
        Regroup(node, isWhole: all == 1 && _groups.Count == 1 && _groups[0].Count == node.To - node.From);
        for (int i = _groups.Count - 1; i >= 0; i--)
        {
            Group group = _groups[i];
            _pending.Push(new Node(group.Entry, node.Depth + 1, group.At - group.Count, group.At, group.Value, group.Weight));
        }
    }

    /// <summary>Puts the stacks of each group side by side, in their order. Afterwards a group's place is its end.</summary>
    private void Regroup(Node node, bool isWhole)
    {
        Span<Group> groups = CollectionsMarshal.AsSpan(_groups);
        if (isWhole)
        {
            groups[0].At = node.To;
            return;
        }

        int at = node.From;
        _epoch++;
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i].At = at;
            at += groups[i].Count;
            _stamps[groups[i].Entry] = _epoch;
            _groupOf[groups[i].Entry] = i;
        }

        for (int i = node.From; i < node.To; i++)
        {
            int entry = _next[i];
            if (entry >= 0 && _stamps[entry] == _epoch)
                _scratch[groups[_groupOf[entry]].At++] = _order[i];
        }

        Array.Copy(_scratch, node.From, _order, node.From, at - node.From);
    }

    private int Compare(Group left, Group right)
    {
        int order = right.Weight.CompareTo(left.Weight);
        if (order == 0)
            order = string.CompareOrdinal(_source.Table.Name(left.Entry), _source.Table.Name(right.Entry));

        return order == 0 ? left.Entry.CompareTo(right.Entry) : order;
    }
}
