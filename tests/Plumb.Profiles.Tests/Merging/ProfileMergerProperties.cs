using FsCheck;
using FsCheck.Fluent;
using Plumb.Profiles.Merging;

namespace Plumb.Profiles.Tests.Merging;

public sealed class ProfileMergerProperties
{
    [Fact]
    public void Merging_is_associative() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RandomProfile.Compatible, three =>
        {
            Profile left = ProfileMerger.Merge(ProfileMerger.Merge(three[0], three[1]), three[2]);
            Profile right = ProfileMerger.Merge(three[0], ProfileMerger.Merge(three[1], three[2]));
            return Content(left) == Content(right);
        }));

    [Fact]
    public void Merging_keeps_the_sum_of_every_sample_type() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RandomProfile.Compatible, three =>
        {
            long[] merged = ProfileScaling.Sums(ProfileMerger.Merge(three));
            return Enumerable.Range(0, merged.Length).All(i => merged[i] == three.Sum(p => ProfileScaling.Sums(p)[i]));
        }));

    [Fact]
    public void A_profile_less_itself_is_empty() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RandomProfile.Arbitrary, profile =>
        {
            Profile difference = ProfileMerger.Subtract(profile, profile);
            return difference.Samples.Count == 0 && difference.Locations.Count == 0 && difference.Functions.Count == 0;
        }));

    [Fact]
    public void Compacting_again_changes_nothing() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RandomProfile.Arbitrary, profile =>
        {
            Profile compact = ProfileMerger.Compact(profile);
            return ProfileDump.Text(ProfileMerger.Merge(compact)) == ProfileDump.Text(compact);
        }));

    [Fact]
    public void What_counts_as_compact_is_what_a_merge_would_not_change() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RandomProfile.Arbitrary, profile =>
            !Compactness.Holds(profile) || ProfileDump.Text(ProfileMerger.Merge(profile)) == ProfileDump.Text(profile)));

    // Which of two equal rows comes first depends on the order of merging, what the profile says does not.
    private static string Content(Profile profile) =>
        string.Join('\n', ProfileDump.Text(profile).Split("\nsample ").Skip(1).Order(StringComparer.Ordinal));
}
