using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Tags;

/// <summary>The labels of a profile, and what the samples that have each value come to.</summary>
/// <param name="Total">What percentages are of.</param>
/// <param name="Keys">By name.</param>
public sealed record TagsView(long Total, ImmutableArray<TagKey> Keys)
{
    public static TagsView Compute(Report report)
    {
        var keys = new SortedDictionary<string, Dictionary<string, long>>(StringComparer.Ordinal);
        long[] sums = SumByLabelSet(report, out bool[] present);
        for (int i = 0; i < sums.Length; i++)
        {
            if (present[i])
                Add(report, new LabelSetId(i), sums[i], keys);
        }

        return new TagsView(report.Total, [.. keys.Select(Key)]);
    }

    private static long[] SumByLabelSet(Report report, out bool[] present)
    {
        SampleTable samples = report.Profile.Samples;
        var sums = new long[report.Profile.LabelSets.Count];
        present = new bool[sums.Length];
        for (int i = 0; i < samples.Count; i++)
        {
            if (!report.Selection.Keeps(i))
                continue;

            int set = samples.LabelSets[i].Index;
            present[set] = true;
            sums[set] += samples.AllValues[(i * samples.ValuesPerSample) + report.Column];
        }

        return sums;
    }

    private static void Add(Report report, LabelSetId set, long sum, SortedDictionary<string, Dictionary<string, long>> keys)
    {
        foreach (Label label in report.Profile.LabelSets[set])
        {
            if (!report.Selection.ShowsKey(label.Key))
                continue;

            string key = report.Profile.Strings[label.Key];
            string value = label.IsNumber
                ? Measurement.Format(label.Number, report.LabelUnits[label.Key], report.Options.Unit)
                : report.Profile.Strings[label.Text];
            if (!keys.TryGetValue(key, out Dictionary<string, long>? values))
                keys.Add(key, values = new Dictionary<string, long>(StringComparer.Ordinal));

            values[value] = values.GetValueOrDefault(value) + sum;
        }
    }

    private static TagKey Key(KeyValuePair<string, Dictionary<string, long>> key) =>
        new(key.Key, SampleValues.Sum(key.Value.Values), [
            .. key.Value
                .Select(value => new TagValue(value.Key, value.Value))
                .OrderByDescending(value => SampleValues.Magnitude(value.Sum))
                .ThenBy(value => value.Text, StringComparer.Ordinal)]);
}
