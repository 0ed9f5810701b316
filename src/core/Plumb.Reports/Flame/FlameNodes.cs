using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Plumb.Reports.Flame;

/// <summary>The nodes of a tree in the order in which they are found, the heaviest first: each after its parent, and after its heavier siblings.</summary>
internal sealed class FlameNodes
{
    private readonly List<FlameNode> _nodes = [];

    public int Count => _nodes.Count;

    public void Add(FlameNode node) => _nodes.Add(node);

    /// <summary>The nodes as a tree, in which each is followed by its children and theirs.</summary>
    /// <param name="cutoff">What a node had to weigh to be here.</param>
    public FlameTree ToTree(long cutoff)
    {
        ReadOnlySpan<FlameNode> nodes = CollectionsMarshal.AsSpan(_nodes);
        int count = nodes.Length;
        int[] places = Places(nodes);
        var (entries, depths) = (new int[count], new int[count]);
        var (values, selves, weights) = (new long[count], new long[count], new long[count]);
        int branches = 0;
        for (int i = 0; i < count; i++)
        {
            ref readonly FlameNode node = ref nodes[i];
            int place = places[i];
            entries[place] = node.Entry;
            depths[place] = i == 0 ? 0 : depths[places[node.Parent]] + 1;
            values[place] = node.Value;
            selves[place] = node.Self;
            weights[place] = node.Weight;
            branches += node.Branches;
        }

        return new FlameTree(Columns(entries), Columns(depths), Columns(values), Columns(selves), Columns(weights))
        {
            DroppedBranches = branches - (count - 1),
            Cutoff = cutoff,
        };
    }

    /// <summary>Where each node goes: after its parent and all that belongs to its heavier siblings.</summary>
    private static int[] Places(ReadOnlySpan<FlameNode> nodes)
    {
        var sizes = new int[nodes.Length];
        for (int i = nodes.Length - 1; i > 0; i--)
            sizes[nodes[i].Parent] += ++sizes[i];

        // A place is taken from the parent's next free one, which moves on by all that belongs to the node.
        var places = new int[nodes.Length];
        var free = new int[nodes.Length];
        free[0] = 1;
        for (int i = 1; i < nodes.Length; i++)
        {
            int parent = nodes[i].Parent;
            places[i] = free[parent];
            free[i] = places[i] + 1;
            free[parent] += sizes[i];
        }

        return places;
    }

    private static ImmutableArray<T> Columns<T>(T[] values) => ImmutableCollectionsMarshal.AsImmutableArray(values);
}
