using Plumb.Profiles;
using Plumb.Profiles.Filtering;

namespace Plumb.Reports.Graphs;

/// <summary>Flat and cumulative sums of every entry.</summary>
internal sealed class NodeSums
{
    private NodeSums(int count, bool withDivisors, bool withGross)
    {
        Flat = new long[count];
        Cum = new long[count];
        FlatDivisor = withDivisors ? new long[count] : null;
        CumDivisor = withDivisors ? new long[count] : null;
        Gross = withGross ? new long[count] : null;
    }

    public long[] Flat { get; }

    public long[] Cum { get; }

    public long[]? FlatDivisor { get; }

    public long[]? CumDivisor { get; }

    /// <summary>Cumulative sums of the stacks' weights without their signs; null when there are no negative values.</summary>
    public long[]? Gross { get; }

    public static NodeSums Of(ProfileSelection selection, FrameMap frames, StackWeights weights, int nodeCount)
    {
        var sums = new NodeSums(nodeCount, weights.Divisors is not null, weights.Gross is not null);

        // A recursive function is on the stack several times, but the sample happened once: the stamp says which stack was counted last.
        var seen = new int[nodeCount];
        int stacks = selection.Profile.Stacks.Count;
        bool isPlain = weights.Divisors is null && weights.Gross is null && frames.IsOneToOne;
        for (int i = 0; i < stacks; i++)
        {
            if (!weights.IsTouched(i))
                continue;

            if (isPlain)
                sums.AddPlain(selection.Stack(new StackId(i)), frames.Nodes, weights.Values[i], seen, i + 1);
            else
                sums.Add(selection.Stack(new StackId(i)), frames, weights, i, seen);
        }

        return sums;
    }

    private void AddPlain(ReadOnlySpan<LocationId> stack, ReadOnlySpan<int> nodes, long value, int[] seen, int stamp)
    {
        long[] cum = Cum;
        foreach (LocationId location in stack)
        {
            int node = nodes[location.Index];
            if (seen[node] == stamp)
                continue;

            seen[node] = stamp;
            cum[node] += value;
        }

        if (!stack.IsEmpty)
            Flat[nodes[stack[0].Index]] += value;
    }

    private void Add(ReadOnlySpan<LocationId> stack, FrameMap frames, StackWeights weights, int row, int[] seen)
    {
        int stamp = row + 1;
        int leaf = -1;
        foreach (LocationId location in stack)
        {
            foreach (int node in frames[location])
            {
                leaf = leaf < 0 ? node : leaf;
                if (seen[node] == stamp)
                    continue;

                seen[node] = stamp;
                AddCum(node, weights, row);
            }
        }

        if (leaf < 0)
            return;

        Flat[leaf] += weights.Values[row];
        if (FlatDivisor is not null)
            FlatDivisor[leaf] += weights.Divisors![row];
    }

    private void AddCum(int node, StackWeights weights, int row)
    {
        Cum[node] += weights.Values[row];
        if (CumDivisor is not null)
            CumDivisor[node] += weights.Divisors![row];

        if (Gross is not null)
            Gross[node] += Math.Abs(weights.Values[row]);
    }
}
