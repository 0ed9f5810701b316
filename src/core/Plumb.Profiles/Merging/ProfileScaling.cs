namespace Plumb.Profiles.Merging;

/// <summary>Profiles with other values and everything else shared.</summary>
public static class ProfileScaling
{
    /// <summary>Multiplies each sample type's values by its ratio, rounded half away from zero.</summary>
    public static Profile Scale(Profile profile, IReadOnlyList<double> ratios)
    {
        if (ratios.Count != profile.SampleTypes.Length)
            throw new ArgumentException($"{ratios.Count} ratios for {profile.SampleTypes.Length} sample types", nameof(ratios));

        long[] values = profile.Samples.AllValues.ToArray();
        for (int i = 0; i < values.Length; i += ratios.Count)
            Scale(values.AsSpan(i, ratios.Count), ratios);

        return profile.WithValues(values);
    }

    public static Profile Scale(Profile profile, double ratio) =>
        Scale(profile, [.. Enumerable.Repeat(ratio, profile.SampleTypes.Length)]);

    /// <summary>Multiplies all values by a ratio and cuts them to whole numbers, as reports do with the amounts that they show.</summary>
    public static Profile Truncate(Profile profile, double ratio)
    {
        long[] values = profile.Samples.AllValues.ToArray();
        for (int i = 0; i < values.Length; i++)
            values[i] = (long)(values[i] * ratio);

        return profile.WithValues(values);
    }

    /// <summary>Scales so that each sample type's sum is that of <paramref name="reference"/>; a type that sums to 0 becomes all 0.</summary>
    /// <exception cref="ProfileFormatException">They do not have the same number of sample types.</exception>
    public static Profile Normalize(Profile profile, Profile reference)
    {
        if (profile.SampleTypes.Length != reference.SampleTypes.Length)
            throw new ProfileFormatException("the profiles measure different things, so one cannot be normalised by the other");

        long[] sums = Sums(profile), wanted = Sums(reference);
        var ratios = new double[sums.Length];
        for (int i = 0; i < ratios.Length; i++)
            ratios[i] = sums[i] == 0 ? 0 : (double)wanted[i] / sums[i];

        return Scale(profile, ratios);
    }

    /// <summary>The sum of each sample type over all samples.</summary>
    public static long[] Sums(Profile profile)
    {
        var sums = new long[profile.SampleTypes.Length];
        ReadOnlySpan<long> values = profile.Samples.AllValues;
        for (int i = 0; i < values.Length; i += sums.Length)
        {
            for (int type = 0; type < sums.Length; type++)
                sums[type] = unchecked(sums[type] + values[i + type]);
        }

        return sums;
    }

    internal static void Scale(Span<long> values, IReadOnlyList<double> ratios)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = Scale(values[i], ratios[i]);
    }

    // Exact where no rounding is needed: a double holds 53 bits, and negating a large count must not change it.
    private static long Scale(long value, double ratio) => ratio switch
    {
        1 => value,
        -1 => unchecked(-value),
        _ => (long)Math.Round(value * ratio, MidpointRounding.AwayFromZero),
    };
}
