using Plumb.Profiles.Units;

namespace Plumb.Profiles.Merging;

/// <summary>A profile from which another one was subtracted.</summary>
public static class ProfileComparison
{
    /// <summary>Marks samples of the base, where they are to be told apart.</summary>
    public static (string Key, string Text) BaseLabel { get; } = ("pprof::base", "true");

    /// <param name="keepApart">Whether samples of the base stay samples of their own, with <see cref="BaseLabel"/>; else equal stacks become one.</param>
    /// <param name="normalize">Whether the profile is first scaled so that it adds up to as much as the base.</param>
    /// <exception cref="ProfileFormatException">The two have no sample type in common.</exception>
    public static Profile Of(Profile profile, Profile baseline, bool keepApart, bool normalize)
    {
        (profile, baseline) = SampleTypeAlignment.Align(profile, baseline);
        if (normalize)
            profile = ProfileScaling.Normalize(profile, baseline);

        var merger = new ProfileMerger();
        merger.Add(profile);
        MergeSource negated = MergeSource.Negated(baseline.SampleTypes.Length);
        merger.Add(baseline, keepApart ? negated with { Label = BaseLabel } : negated);
        return merger.Build();
    }
}
