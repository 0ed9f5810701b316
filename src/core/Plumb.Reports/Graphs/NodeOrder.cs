using Plumb.Reports.Measurements;
using Plumb.Reports.Options;

namespace Plumb.Reports.Graphs;

/// <summary>The orders of entries. All are total: nothing is left to chance.</summary>
internal static class NodeOrder
{
    // Stacks can be very deep, and alike for most of their depth.
    private const int MaxPath = 64;

    public static Comparison<CallNode> By(SortOrder order) =>
        order == SortOrder.Cum ? CompareByCum : CompareByFlat;

    /// <summary>By how much a graph gains by showing the entry: one that only passes on what comes in says little.</summary>
    public static void SortByEntropy(List<CallNode> nodes)
    {
        Dictionary<CallNode, long> scores = nodes.ToDictionary(node => node, Score);
        nodes.Sort((left, right) =>
        {
            int order = SampleValues.Magnitude(scores[right]).CompareTo(SampleValues.Magnitude(scores[left]));
            return order == 0 ? CompareTies(left, right, left.Flat, right.Flat) : order;
        });
    }

    private static int CompareByFlat(CallNode left, CallNode right)
    {
        int order = SampleValues.Magnitude(right.Flat).CompareTo(SampleValues.Magnitude(left.Flat));
        return order == 0 ? CompareTies(left, right, left.Cum, right.Cum) : order;
    }

    private static int CompareByCum(CallNode left, CallNode right)
    {
        int order = SampleValues.Magnitude(right.Cum).CompareTo(SampleValues.Magnitude(left.Cum));
        return order == 0 ? CompareTies(left, right, left.Flat, right.Flat) : order;
    }

    // By the printed name, then by the other value, then by everything else there is.
    private static int CompareTies(CallNode left, CallNode right, long leftOther, long rightOther)
    {
        int order = left.Address != right.Address && left.Address != 0 && right.Address != 0
            ? left.Address.CompareTo(right.Address)
            : string.CompareOrdinal(left.Name, right.Name);
        if (order == 0)
            order = SampleValues.Magnitude(rightOther).CompareTo(SampleValues.Magnitude(leftOther));

        if (order == 0)
            order = string.CompareOrdinal(left.Info.OrderText, right.Info.OrderText);

        // Gains before losses of the same size.
        if (order == 0)
            order = right.Cum.CompareTo(left.Cum);

        if (order == 0)
            order = right.Flat.CompareTo(left.Flat);

        return order == 0 ? ComparePaths(left, right) : order;
    }

    /// <summary>Entries of a call tree that look alike: by what led to them, the shorter way first, and only then by their place in the profile.</summary>
    internal static int ComparePaths(CallNode left, CallNode right)
    {
        (CallNode? one, CallNode? other) = (left.Parent, right.Parent);
        for (int depth = 0; depth < MaxPath && one != other; depth++)
        {
            if (one is null || other is null)
                return one is null ? -1 : 1;

            int order = string.CompareOrdinal(one.Name, other.Name);
            if (order != 0)
                return order;

            (one, other) = (one.Parent, other.Parent);
        }

        return left.Id.CompareTo(right.Id);
    }

    private static long Score(CallNode node)
    {
        double score = node.In.Count == 0 ? 1 : Entropy(node.In, 0);
        score += node.Out.Count == 0 ? 1 : Entropy(node.Out, node.Flat);
        return (long)(score * node.Cum) + node.Flat;
    }

    // In a comparison what shrank tells as much as what grew, so weights count without their signs. The reference leaves negative ones
    // out of the total and then takes logarithms of negative numbers.
    private static double Entropy(List<CallEdge> edges, long self)
    {
        double total = SampleValues.Magnitude(self);
        foreach (CallEdge edge in edges)
            total += SampleValues.Magnitude(edge.Weight);

        double score = Term(self);
        foreach (CallEdge edge in edges)
            score += Term(edge.Weight);

        return score;

        double Term(long weight)
        {
            double part = SampleValues.Magnitude(weight) / total;
            return part is > 0 and <= 1 ? -part * Math.Log2(part) : 0;
        }
    }
}
