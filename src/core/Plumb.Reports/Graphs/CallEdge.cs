using Plumb.Reports.Measurements;

namespace Plumb.Reports.Graphs;

/// <summary>A call from one entry to another.</summary>
public sealed class CallEdge
{
    internal CallEdge(CallNode source, CallNode target)
    {
        Source = source;
        Target = target;
    }

    public CallNode Source { get; internal set; }

    public CallNode Target { get; }

    /// <summary>Sum of the samples with this call on the stack, each once.</summary>
    public long Weight { get; internal set; }

    /// <summary>What a mean divides <see cref="Weight"/> by; 0 for no mean.</summary>
    public long Divisor { get; internal set; }

    /// <summary>There are entries between the two that are not shown.</summary>
    public bool IsResidual { get; internal set; }

    /// <summary>The target was always inlined into its caller here.</summary>
    public bool IsInline { get; internal set; }

    public long WeightValue => SampleValues.Mean(Weight, Divisor);

    /// <summary>Heaviest first, then by name; a total order.</summary>
    internal static int Compare(CallEdge left, CallEdge right)
    {
        int order = SampleValues.Magnitude(right.Weight).CompareTo(SampleValues.Magnitude(left.Weight));
        if (order == 0)
            order = string.CompareOrdinal(left.Source.Name, right.Source.Name);

        if (order == 0)
            order = string.CompareOrdinal(left.Target.Name, right.Target.Name);

        // The reference leaves edges of +5 and -5 between the same names to chance.
        if (order == 0)
            order = right.Weight.CompareTo(left.Weight);

        if (order == 0)
            order = NodeOrder.ComparePaths(left.Source, right.Source);

        return order == 0 ? NodeOrder.ComparePaths(left.Target, right.Target) : order;
    }
}
