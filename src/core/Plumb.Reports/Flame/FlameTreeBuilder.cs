using System.Runtime.InteropServices;
using Plumb.Reports.Graphs;

namespace Plumb.Reports.Flame;

/// <summary>
/// Builds the tree from its root: the stacks of a node are divided by their next frame, the heaviest node first, until nothing is left that
/// is large enough to be seen. No stack is sorted or hashed, and what nobody sees costs nothing: most stacks are read for their first few frames.
/// </summary>
internal sealed class FlameTreeBuilder
{
    private readonly NodeSource _source;
    private readonly bool _towardsLeaf;
    private readonly long _cutoff;

    // Those of a node side by side; and room to regroup them.
    private readonly FlameStack[] _stacks;
    private readonly FlameStack[] _scratch;

    // For each entry, the group that it leads in the node that was divided last.
    private readonly int[] _stamps;
    private readonly int[] _groupOf;
    private int _epoch;

    private readonly List<Group> _groups = [];
    private readonly PriorityQueue<Part, Rank> _pending = new();
    private readonly FlameNodes _nodes;
    private int _ranked;

    private FlameTreeBuilder(NodeSource source, FlameStack[] stacks, bool towardsLeaf, long cutoff)
    {
        _source = source;
        _stacks = stacks;
        _towardsLeaf = towardsLeaf;
        _cutoff = cutoff;
        _scratch = new FlameStack[stacks.Length];
        _stamps = new int[source.Table.Count];
        _groupOf = new int[source.Table.Count];
        _nodes = new FlameNodes();
    }

    /// <summary>A node whose stacks have not been divided yet.</summary>
    private readonly record struct Part(int Entry, int Parent, int From, int To, long Value, long Weight);

    private record struct Group(int Entry, int Count, long Value, long Weight, int At);

    /// <summary>The heaviest is first; among equals, the one that was met first, so that siblings stay in their order.</summary>
    private readonly record struct Rank(long Weight, int Number) : IComparable<Rank>
    {
        public int CompareTo(Rank other) => Weight != other.Weight ? other.Weight.CompareTo(Weight) : Number.CompareTo(other.Number);
    }

    /// <param name="stacks">Where the tree begins; they are changed.</param>
    /// <param name="towardsLeaf">The direction in which they are read.</param>
    /// <param name="root">The entry at the root, or -1.</param>
    public static FlameTree Build(
        NodeSource source, FlameStack[] stacks, bool towardsLeaf, FlameDetail detail, int root, CancellationToken cancellation)
    {
        long value = 0, weight = 0;
        foreach (ref readonly FlameStack stack in stacks.AsSpan())
        {
            value += stack.Value;
            weight += stack.Weight;
        }

        long cutoff = (long)(weight * detail.Fraction);
        var builder = new FlameTreeBuilder(source, stacks, towardsLeaf, cutoff);
        return builder.Build(new Part(root, -1, 0, stacks.Length, value, weight), detail.MaxNodes, cancellation);
    }

    private FlameTree Build(Part root, int maxNodes, CancellationToken cancellation)
    {
        Push(root);
        while (_pending.TryDequeue(out Part part, out _))
        {
            cancellation.ThrowIfCancellationRequested();
            if (_nodes.Count == maxNodes)
                return _nodes.ToTree(part.Weight);

            int node = _nodes.Count;
            long self = Divide(part);
            _nodes.Add(new FlameNode(part.Entry, part.Parent, _groups.Count, part.Value, part.Weight, self));
            PushChildren(part, node);
        }

        return _nodes.ToTree(_cutoff);
    }

    /// <summary>Finds the groups of a node; returns what ends here.</summary>
    private long Divide(Part part)
    {
        long self = 0;
        var reader = new FrameReader(_source, _towardsLeaf);
        int[] stamps = _stamps, groupOf = _groupOf;
        int epoch = ++_epoch;
        _groups.Clear();
        Span<Group> groups = default;
        foreach (ref FlameStack stack in _stacks.AsSpan(part.From..part.To))
        {
            int entry = stack.Entry = reader.Next(ref stack);
            if (entry < 0)
            {
                self += stack.Value;
                continue;
            }

            if (stamps[entry] != epoch)
            {
                stamps[entry] = epoch;
                groupOf[entry] = _groups.Count;
                _groups.Add(new Group(entry, 0, 0, 0, 0));
                groups = CollectionsMarshal.AsSpan(_groups);
            }

            ref Group group = ref groups[groupOf[entry]];
            group.Count++;
            group.Value += stack.Value;
            group.Weight += stack.Weight;
        }

        return self;
    }

    private void PushChildren(Part part, int node)
    {
        bool isOne = _groups.Count == 1;
        _groups.RemoveAll(group => group.Weight < _cutoff || group.Weight == 0);
        _groups.Sort(Compare);
        Regroup(part, isWhole: isOne && _groups.Count == 1 && _groups[0].Count == part.To - part.From);
        foreach (Group group in _groups)
            Push(new Part(group.Entry, node, group.At - group.Count, group.At, group.Value, group.Weight));
    }

    private void Push(Part part) => _pending.Enqueue(part, new Rank(part.Weight, _ranked++));

    /// <summary>Puts the stacks of each group side by side, in their order. Afterwards a group's place is its end.</summary>
    private void Regroup(Part part, bool isWhole)
    {
        Span<Group> groups = CollectionsMarshal.AsSpan(_groups);
        if (isWhole)
        {
            groups[0].At = part.To;
            return;
        }

        int at = part.From;
        _epoch++;
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i].At = at;
            at += groups[i].Count;
            _stamps[groups[i].Entry] = _epoch;
            _groupOf[groups[i].Entry] = i;
        }

        foreach (ref readonly FlameStack stack in _stacks.AsSpan(part.From..part.To))
        {
            if (stack.Entry >= 0 && _stamps[stack.Entry] == _epoch)
                _scratch[groups[_groupOf[stack.Entry]].At++] = stack;
        }

        _scratch.AsSpan(part.From..at).CopyTo(_stacks.AsSpan(part.From));
    }

    private int Compare(Group left, Group right)
    {
        int order = right.Weight.CompareTo(left.Weight);
        if (order == 0)
            order = string.CompareOrdinal(_source.Table.Name(left.Entry), _source.Table.Name(right.Entry));

        return order == 0 ? left.Entry.CompareTo(right.Entry) : order;
    }
}
