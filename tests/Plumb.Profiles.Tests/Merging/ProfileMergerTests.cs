using Plumb.Profiles.Merging;

namespace Plumb.Profiles.Tests.Merging;

public sealed class ProfileMergerTests
{
    [Fact]
    public void Equal_stacks_become_one_sample()
    {
        Profile merged = ProfileMerger.Merge(OneSample(3), OneSample(4));

        Assert.Equal(1, merged.Samples.Count);
        Assert.Equal(7, merged.Sample(0).Values[0]);
    }

    [Fact]
    public void A_binary_that_was_loaded_elsewhere_is_the_same_binary()
    {
        Profile merged = ProfileMerger.Merge(AtBase(0x1000_0000, "id"), AtBase(0x5000_0000, "id"));

        Assert.Equal(1, merged.Mappings.Count);
        Assert.Equal(1, merged.Samples.Count);
        Assert.Equal(0x1000_0042UL, merged.Locations[merged.Sample(0).Stack[0]].Address);
    }

    [Fact]
    public void Another_build_of_the_binary_is_another_binary()
    {
        Profile merged = ProfileMerger.Merge(AtBase(0x1000_0000, "id"), AtBase(0x1000_0000, "other"));

        Assert.Equal(2, merged.Mappings.Count);
        Assert.Equal(2, merged.Samples.Count);
    }

    [Fact]
    public void The_header_says_what_all_sources_say_together()
    {
        var header = new ProfileHeader { SampleTypes = [SampleType.Cpu], TimeNanos = 20, DurationNanos = 5, Period = 1, Comments = ["a", "b"] };
        Profile first = new ProfileBuilder(header).Build();
        Profile second = new ProfileBuilder(header with { TimeNanos = 10, DurationNanos = 6, Period = 2, Comments = ["b", "c"], DocUrl = "u" }).Build();

        ProfileHeader merged = ProfileMerger.Merge(first, second).Header;

        Assert.Equal(header with { TimeNanos = 10, DurationNanos = 11, Period = 2, Comments = ["a", "b", "c"], DocUrl = "u" }, merged);
    }

    [Fact]
    public void A_label_tells_the_samples_of_the_base_from_the_others()
    {
        var merger = new ProfileMerger();
        merger.Add(OneSample(5));
        merger.Add(OneSample(5), new MergeSource { Ratios = [-1], Label = ("pprof::base", "true") });
        Profile merged = merger.Build();

        Assert.Equal(2, merged.Samples.Count);
        Label label = Assert.Single(merged.Sample(1).Labels.ToArray());
        Assert.Equal(("pprof::base", "true", -5L), (merged.Strings[label.Key], merged.Strings[label.Text], merged.Sample(1).Values[0]));
    }

    [Fact]
    public void Profiles_of_different_things_are_refused()
    {
        var merger = new ProfileMerger();
        merger.Add(OneSample(1));

        var refused = Assert.Throws<ProfileFormatException>(() => merger.Add(new ProfileBuilder(SampleType.Goroutine).Build()));

        Assert.Contains("cpu/nanoseconds", refused.Message, StringComparison.Ordinal);
        Assert.Contains("goroutine/count", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 0.5, 2)]
    [InlineData(-3, 0.5, -2)]
    [InlineData(5, 0.1, 1)]
    [InlineData(4, 0.1, 0)]
    public void Scaling_rounds_half_away_from_zero(long value, double ratio, long expected) =>
        Assert.Equal(expected, ProfileScaling.Scale(OneSample(value), ratio).Sample(0).Values[0]);

    [Fact]
    public void Subtracting_is_exact_beyond_the_precision_of_a_double()
    {
        const long Large = (1L << 60) + 1;

        Profile difference = ProfileMerger.Subtract(OneSample(Large), OneSample(1));

        Assert.Equal(Large - 1, difference.Sample(0).Values[0]);
    }

    [Fact]
    public void Normalising_gives_the_sums_of_the_reference()
    {
        Profile normalised = ProfileScaling.Normalize(OneSample(10), OneSample(40));

        Assert.Equal([40], ProfileScaling.Sums(normalised));
    }

    private static Profile OneSample(long value)
    {
        var builder = new ProfileBuilder(SampleType.Cpu);
        LocationId leaf = builder.Location(builder.Function("main.work", "main.go"), 12);
        builder.AddSample(builder.Stack([leaf]), [value]);
        return builder.Build();
    }

    private static Profile AtBase(ulong start, string buildId)
    {
        var builder = new ProfileBuilder(SampleType.Cpu);
        MappingId mapping = builder.Mapping(new Mapping(start, start + 0x2000, 0, "/bin/shop", buildId));
        builder.AddSample(builder.Stack([builder.Location(start + 0x42, mapping, [])]), [1]);
        return builder.Build();
    }
}
