using Plumb.Profiles;
using Plumb.Reports.Graphs;

namespace Plumb.Reports.Flame;

/// <summary>The stacks that weigh something, at the place where a tree begins.</summary>
internal static class FlameStacks
{
    /// <summary>All of them, at their roots.</summary>
    public static FlameStack[] FromRoots(NodeSource source)
    {
        long[] values = source.Weights.Values;
        var stacks = new FlameStack[Count(source)];
        int at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!source.Weights.IsTouched(i))
                continue;

            (int start, int end) = source.Selection.Range(new StackId(i));
            stacks[at++] = new FlameStack { Value = values[i], Weight = Weight(source, i), At = end - 1, End = start - 1 };
        }

        return stacks;
    }

    /// <summary>
    /// Those on which an entry is, after its outermost call: towards what it called, and towards what called it.
    /// </summary>
    public static (FlameStack[] Callees, FlameStack[] Callers) Around(NodeSource source, int entry)
    {
        var callees = new List<FlameStack>();
        var callers = new List<FlameStack>();
        for (int i = 0; i < source.Weights.Values.Length; i++)
        {
            if (!source.Weights.IsTouched(i) || !TryFind(source, i, entry, out int location, out int outer, out int inner))
                continue;

            (int start, int end) = source.Selection.Range(new StackId(i));
            var stack = new FlameStack { Value = source.Weights.Values[i], Weight = Weight(source, i) };

            // Where a location is one frame, frames are not counted: it has been read as a whole.
            bool isWhole = source.Frames.IsOneToOne;
            callees.Add(stack with { At = isWhole ? location - 1 : location, End = start - 1, Frame = outer + 1 });
            callers.Add(stack with { At = isWhole ? location + 1 : location, End = end, Frame = inner + 1 });
        }

        return ([.. callees], [.. callers]);
    }

    /// <param name="location">Where the outermost call is among the locations of all stacks.</param>
    /// <param name="outer">How many frames of that location are further out.</param>
    /// <param name="inner">How many are further in.</param>
    private static bool TryFind(NodeSource source, int row, int entry, out int location, out int outer, out int inner)
    {
        ReadOnlySpan<LocationId> locations = source.Selection.Profile.Stacks.Entries;
        (int start, int end) = source.Selection.Range(new StackId(row));
        for (location = end - 1; location >= start; location--)
        {
            ReadOnlySpan<int> frames = source.Frames[locations[location]];
            inner = frames.LastIndexOf(entry);
            if (inner < 0)
                continue;

            outer = frames.Length - 1 - inner;
            return true;
        }

        (outer, inner) = (0, 0);
        return false;
    }

    private static long Weight(NodeSource source, int row) => (source.Weights.Gross ?? source.Weights.Values)[row];

    private static int Count(NodeSource source)
    {
        int count = 0;
        for (int i = 0; i < source.Weights.Values.Length; i++)
            count += source.Weights.IsTouched(i) ? 1 : 0;

        return count;
    }
}
