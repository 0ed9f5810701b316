using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Measurements;

namespace Plumb.Reports;

/// <summary>What percentages are of.</summary>
internal static class SampleTotal
{
    /// <summary>The label that marks samples of the base in a comparison.</summary>
    public const string BaseLabel = "pprof::base";

    /// <summary>
    /// The sum of all values without their signs, divided when a mean is asked for; of the samples of the base only where some are
    /// marked so: a change is a part of what was before.
    /// </summary>
    public static long Of(ProfileSelection selection, int column, int divisorColumn)
    {
        Profile profile = selection.Profile;
        bool[]? isBase = BaseLabelSets(profile);
        long total = 0, divisor = 0, baseTotal = 0, baseDivisor = 0;
        ReadOnlySpan<long> all = profile.Samples.AllValues;
        int width = profile.Samples.ValuesPerSample;
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            if (!selection.KeepsAllSamples && !selection.Keeps(i))
                continue;

            long value = all[(i * width) + column];
            value = value < 0 ? unchecked(-value) : value;
            long divided = divisorColumn < 0 ? 0 : all[(i * width) + divisorColumn];
            total += value;
            divisor += divided;
            if (isBase is not null && isBase[profile.Samples.LabelSets[i].Index])
            {
                baseTotal += value;
                baseDivisor += divided;
            }
        }

        if (baseTotal > 0)
            (total, divisor) = (baseTotal, baseDivisor);

        return SampleValues.Mean(total, divisor);
    }

    private static bool[]? BaseLabelSets(Profile profile)
    {
        if (profile.LabelSets.Count == 1 || profile.Strings.Find(BaseLabel) is not { } key || profile.Strings.Find("true") is not { } yes)
            return null;

        var marked = new bool[profile.LabelSets.Count];
        for (int i = 0; i < marked.Length; i++)
        {
            foreach (Label label in profile.LabelSets[new LabelSetId(i)])
                marked[i] |= label.Key == key && label.Text == yes;
        }

        return marked;
    }
}
