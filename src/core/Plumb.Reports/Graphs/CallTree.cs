using Plumb.Profiles;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Graphs;

/// <summary>
/// Entries by the path that led to them: the same function under two callers is two entries. Ids are those of the paths; rows of the
/// <see cref="NodeTable"/> lead to what each stands for.
/// </summary>
internal sealed class CallTree
{
    private const int Root = -1;
    private const int StacksBetweenChecks = 4096;

    private readonly Dictionary<(int Parent, int Entry), int> _ids = [];
    private readonly List<Path> _paths = [];

    public int Count => _paths.Count;

    public Path this[int id] => _paths[id];

    public static CallTree Of(NodeSource source, CancellationToken cancellationToken = default)
    {
        var tree = new CallTree();
        for (int i = 0; i < source.Selection.Profile.Stacks.Count; i++)
        {
            if (i % StacksBetweenChecks == 0)
                cancellationToken.ThrowIfCancellationRequested();

            if (source.Weights.IsTouched(i))
                tree.Add(source, new StackId(i));
        }

        return tree;
    }

    /// <summary>The paths of a stack from the root to the leaf, for adding more to them.</summary>
    public void Walk(NodeSource source, StackId stack, List<int> paths)
    {
        paths.Clear();
        int parent = Root;
        ReadOnlySpan<LocationId> locations = source.Selection.Stack(stack);
        for (int i = locations.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<int> entries = source.Frames[locations[i]];
            for (int at = entries.Length - 1; at >= 0; at--)
            {
                parent = _ids[(parent, entries[at])];
                paths.Add(parent);
            }
        }
    }

    private void Add(NodeSource source, StackId stack)
    {
        long weight = source.Weights.Values[stack.Index];
        long divisor = source.Weights.Divisors?[stack.Index] ?? 0;
        int parent = Root;
        ReadOnlySpan<LocationId> locations = source.Selection.Stack(stack);
        for (int i = locations.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<int> entries = source.Frames[locations[i]];
            for (int at = entries.Length - 1; at >= 0; at--)
            {
                parent = Find(parent, entries[at]);
                Path path = _paths[parent];
                path.Cum += weight;
                path.CumDivisor += divisor;
                path.Gross += SampleValues.Magnitude(weight);
                path.IsInline &= at != entries.Length - 1;
            }
        }

        if (parent == Root)
            return;

        _paths[parent].Flat += weight;
        _paths[parent].FlatDivisor += divisor;
    }

    private int Find(int parent, int entry)
    {
        if (!_ids.TryGetValue((parent, entry), out int id))
        {
            id = _paths.Count;
            _ids.Add((parent, entry), id);
            _paths.Add(new Path(parent, entry));
        }

        return id;
    }

    /// <summary>One path. The weight of the call that leads to it is its <see cref="Cum"/>.</summary>
    internal sealed class Path(int parent, int entry)
    {
        /// <summary>The path of the caller; negative for an entry at the root.</summary>
        public int Parent { get; } = parent;

        public int Entry { get; } = entry;

        public long Flat { get; set; }

        public long FlatDivisor { get; set; }

        public long Cum { get; set; }

        public long CumDivisor { get; set; }

        public long Gross { get; set; }

        public bool IsInline { get; set; } = true;
    }
}
