using Plumb.Reports.Measurements;

namespace Plumb.Reports.Graphs;

/// <summary>A label's value on the samples of an entry.</summary>
public sealed class NodeTag(string name, string unit, long value)
{
    public string Name { get; } = name;

    /// <summary>Of <see cref="Value"/>; empty for a text.</summary>
    public string Unit { get; } = unit;

    /// <summary>The number; 0 for a text.</summary>
    public long Value { get; } = value;

    public long Flat { get; internal set; }

    public long FlatDivisor { get; internal set; }

    public long Cum { get; internal set; }

    public long CumDivisor { get; internal set; }

    public long FlatValue => SampleValues.Mean(Flat, FlatDivisor);

    public long CumValue => SampleValues.Mean(Cum, CumDivisor);

    /// <summary>Heaviest first, then by name.</summary>
    /// <param name="flat">By the entry's own samples alone.</param>
    internal static Comparison<NodeTag> By(bool flat) => (left, right) =>
    {
        int order = flat ? 0 : SampleValues.Magnitude(right.Cum).CompareTo(SampleValues.Magnitude(left.Cum));
        if (order == 0)
            order = SampleValues.Magnitude(right.Flat).CompareTo(SampleValues.Magnitude(left.Flat));

        return order == 0 ? string.CompareOrdinal(left.Name, right.Name) : order;
    };
}
