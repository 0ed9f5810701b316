using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plumb.Reports.Graphs;

namespace Plumb.Reports.Flame;

/// <summary>The calls of a profile as a tree, for a flame graph; around one function when one is chosen.</summary>
/// <param name="Unit">The unit in which amounts read best.</param>
/// <param name="Total">What percentages are of.</param>
/// <param name="Names">The frames that occur.</param>
/// <param name="Callees">From the root, or from the chosen function, to the leaves.</param>
/// <param name="Callers">From the chosen function to the roots; null when none was chosen.</param>
public sealed record FlameView(string Unit, long Total, ImmutableArray<string> Names, FlameTree Callees, FlameTree? Callers)
{
    /// <summary>Whether values go both ways, so that a node's width and its value are different things.</summary>
    public bool IsComparison { get; init; }

    /// <param name="pivot">Name of the frame around which the graph turns; null for the whole. A recursive one counts from its outermost call.</param>
    /// <exception cref="ReportException">No frame has that name.</exception>
    public static FlameView Compute(Report report, FlameDetail detail, string? pivot, CancellationToken cancellation)
    {
        NodeSource source = NodeSource.Of(report);
        FlameTree callees;
        FlameTree? callers = null;
        if (pivot is null)
        {
            callees = FlameTreeBuilder.Build(source, FlameStacks.FromRoots(source), towardsLeaf: true, detail, -1, cancellation);
        }
        else
        {
            int entry = Find(source.Table, pivot);
            (FlameStack[] down, FlameStack[] up) = FlameStacks.Around(source, entry);
            callees = FlameTreeBuilder.Build(source, down, towardsLeaf: true, detail, entry, cancellation);
            callers = FlameTreeBuilder.Build(source, up, towardsLeaf: false, detail, entry, cancellation);
        }

        var names = new FrameNames(source.Table);
        callees = names.Rename(callees);
        callers = callers is null ? null : names.Rename(callers);
        return new FlameView(ReportUnit.Choose(report, Amounts(callees)), report.Total, names.ToImmutable(), callees, callers)
        {
            IsComparison = source.Weights.Gross is not null,
        };
    }

    private static int Find(NodeTable table, string name)
    {
        for (int i = 0; i < table.Count; i++)
        {
            if (table.Name(i) == name)
                return i;
        }

        throw new ReportException($"nothing in the profile is called \"{name}\"; perhaps a filter or the granularity took it away");
    }

    private static IEnumerable<(long Flat, long Cum)> Amounts(FlameTree tree)
    {
        for (int i = 0; i < tree.Count; i++)
            yield return (tree.Selves[i], tree.Values[i]);
    }

    /// <summary>Numbers the frames that are left in the order in which they are met.</summary>
    private sealed class FrameNames(NodeTable table)
    {
        private readonly int[] _ids = new int[table.Count];
        private readonly ImmutableArray<string>.Builder _names = ImmutableArray.CreateBuilder<string>();

        public FlameTree Rename(FlameTree tree)
        {
            var frames = new int[tree.Count];
            for (int i = 0; i < frames.Length; i++)
                frames[i] = Id(tree.Frames[i]);

            return tree with { Frames = ImmutableCollectionsMarshal.AsImmutableArray(frames) };
        }

        public ImmutableArray<string> ToImmutable() => _names.DrainToImmutable();

        private int Id(int entry)
        {
            if (entry < 0)
                return entry;

            // Counted from one: zero is what has not been met.
            ref int number = ref _ids[entry];
            if (number == 0)
            {
                _names.Add(table.Name(entry));
                number = _names.Count;
            }

            return number - 1;
        }
    }
}
