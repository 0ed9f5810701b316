using Plumb.Reports.Measurements;

namespace Plumb.Reports.Graphs;

/// <summary>What the samples of an entry come to by their labels.</summary>
public sealed class NodeTags
{
    /// <summary>By all text labels of a sample together.</summary>
    public Dictionary<string, NodeTag> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>By numeric label, for each text of <see cref="Texts"/>; under the empty text for samples without text labels.</summary>
    public Dictionary<string, Dictionary<string, NodeTag>> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>How many have samples of the entry itself, which is about how many a graph draws.</summary>
    internal int CountWithFlat() =>
        Texts.Values.Count(tag => tag.Flat != 0) + Numbers.Values.Sum(tags => tags.Values.Count(tag => tag.Flat != 0));

    /// <summary>Drops what is below a value.</summary>
    internal void Trim(long cutoff)
    {
        Trim(Texts, cutoff);
        foreach (Dictionary<string, NodeTag> tags in Numbers.Values)
            Trim(tags, cutoff);
    }

    private static void Trim(Dictionary<string, NodeTag> tags, long cutoff)
    {
        foreach ((string name, NodeTag tag) in tags.ToArray())
        {
            if (SampleValues.Magnitude(tag.Flat) < cutoff && SampleValues.Magnitude(tag.Cum) < cutoff)
                tags.Remove(name);
        }
    }
}
