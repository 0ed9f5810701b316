using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Measurements;

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

    /// <param name="ranges">How many parts of the work run side by side; the sums do not depend on it.</param>
    public static NodeSums Of(ProfileSelection selection, FrameMap frames, StackWeights weights, int nodeCount, int ranges)
    {
        NodeSums[] parts = StackRanges.Run(selection.Profile.Stacks, ranges, (start, end) => OfRange(selection, frames, weights, nodeCount, start, end));
        foreach (NodeSums part in parts.AsSpan(1))
            parts[0].Add(part);

        return parts[0];
    }

    private static NodeSums OfRange(ProfileSelection selection, FrameMap frames, StackWeights weights, int nodeCount, int start, int end)
    {
        var sums = new NodeSums(nodeCount, weights.Divisors is not null, weights.Gross is not null);

        // A recursive function is on the stack several times, but the sample happened once: the stamp says which stack was counted last.
        var seen = new int[nodeCount];
        bool isPlain = weights.Divisors is null && frames.IsOneToOne;
        for (int i = start; i < end; i++)
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

    private void Add(NodeSums more)
    {
        Add(Flat, more.Flat);
        Add(Cum, more.Cum);
        Add(FlatDivisor, more.FlatDivisor);
        Add(CumDivisor, more.CumDivisor);
        Add(Gross, more.Gross);
    }

    private static void Add(long[]? sums, long[]? more)
    {
        for (int i = 0; i < sums?.Length; i++)
            sums[i] += more![i];
    }

    private void AddPlain(ReadOnlySpan<LocationId> stack, ReadOnlySpan<int> nodes, long value, int[] seen, int stamp)
    {
        long[] cum = Cum;
        long[]? gross = Gross;
        foreach (LocationId location in stack)
        {
            int node = nodes[location.Index];
            if (seen[node] == stamp)
                continue;

            seen[node] = stamp;
            cum[node] += value;
            if (gross is not null)
                gross[node] += SampleValues.Magnitude(value);
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
            Gross[node] += SampleValues.Magnitude(weights.Values[row]);
    }
}
