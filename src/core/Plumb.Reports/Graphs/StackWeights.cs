using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Graphs;

/// <summary>
/// What each distinct stack weighs: the sum over its samples. Everything that depends on the stack alone is then done once for each
/// stack, however many samples have it.
/// </summary>
internal sealed class StackWeights
{
    private StackWeights(long[] values, long[]? divisors, long[]? gross)
    {
        Values = values;
        Divisors = divisors;
        Gross = gross;
    }

    public long[] Values { get; }

    /// <summary>Sums of what a mean divides by; null when no mean is asked for.</summary>
    public long[]? Divisors { get; }

    /// <summary>Sums of the samples' values without their signs; null when no value is negative, where they would be the values.</summary>
    public long[]? Gross { get; }

    /// <param name="divisorColumn">The sample type that a mean divides by; -1 for no mean.</param>
    public static StackWeights Sum(ProfileSelection selection, int column, int divisorColumn)
    {
        Profile profile = selection.Profile;
        SampleTable samples = profile.Samples;
        var values = new long[profile.Stacks.Count];
        long[]? divisors = divisorColumn < 0 ? null : new long[values.Length];
        long[]? gross = HasNegative(samples, column) ? new long[values.Length] : null;
        ReadOnlySpan<StackId> stacks = samples.Stacks;
        ReadOnlySpan<long> all = samples.AllValues;
        int width = samples.ValuesPerSample;
        bool keepsAll = selection.KeepsAllSamples;
        for (int i = 0; i < stacks.Length; i++)
        {
            if (!keepsAll && !selection.Keeps(i))
                continue;

            int stack = stacks[i].Index;
            long value = all[(i * width) + column];
            values[stack] += value;
            if (gross is not null)
                gross[stack] += SampleValues.Magnitude(value);

            if (divisors is not null)
                divisors[stack] += all[(i * width) + divisorColumn];
        }

        return new StackWeights(values, divisors, gross);
    }

    /// <summary>Whether some sample of the stack has a value.</summary>
    public bool IsTouched(int stack) => Values[stack] != 0 || (Gross is not null && Gross[stack] != 0) || (Divisors is not null && Divisors[stack] != 0);

    private static bool HasNegative(SampleTable samples, int column)
    {
        ReadOnlySpan<long> all = samples.AllValues;
        for (int i = column; i < all.Length; i += samples.ValuesPerSample)
        {
            if (all[i] < 0)
                return true;
        }

        return false;
    }
}
