using Plumb.Profiles.Units;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Dot;

/// <summary>Gathers many numeric labels into few ranges, each around one of the heaviest.</summary>
internal static class TagBuckets
{
    public static List<NodeTag> Collapse(IEnumerable<NodeTag> tags, int count, bool flat)
    {
        List<NodeTag> sorted = [.. tags];
        sorted.Sort(NodeTag.By(flat));
        if (sorted.Count <= count)
            return sorted;

        List<List<NodeTag>> buckets = [.. sorted.Take(count).Select(tag => new List<NodeTag> { tag })];
        foreach (NodeTag tag in sorted.Skip(count))
            buckets.MinBy(bucket => Distance(tag, bucket[0]))!.Add(tag);

        List<NodeTag> ranges = [.. buckets.Select(Range)];
        ranges.Sort(NodeTag.By(flat));
        return ranges;
    }

    private static double Distance(NodeTag tag, NodeTag other) =>
        Math.Abs(UnitScale.Convert(other.Value, other.Unit, tag.Unit).Amount - tag.Value);

    private static NodeTag Range(List<NodeTag> tags)
    {
        NodeTag least = tags[0], most = tags[0];
        foreach (NodeTag tag in tags)
        {
            if ((long)UnitScale.Convert(tag.Value, tag.Unit, least.Unit).Amount < least.Value)
                least = tag;

            if ((long)UnitScale.Convert(tag.Value, tag.Unit, most.Unit).Amount > most.Value)
                most = tag;
        }

        // In the unit of the report, sizes of labels would often all be 0.
        string name = Measurement.Format(least.Value, least.Unit);
        return new NodeTag(tags.Count == 1 ? name : $"{name}..{Measurement.Format(most.Value, most.Unit)}", "", 0)
        {
            Flat = SampleValues.Mean(SampleValues.Sum(tags.Select(tag => tag.Flat)), SampleValues.Sum(tags.Select(tag => tag.FlatDivisor))),
            Cum = SampleValues.Mean(SampleValues.Sum(tags.Select(tag => tag.Cum)), SampleValues.Sum(tags.Select(tag => tag.CumDivisor))),
        };
    }
}
