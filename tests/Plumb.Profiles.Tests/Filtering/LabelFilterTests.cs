using Plumb.Profiles.Filtering;

namespace Plumb.Profiles.Tests.Filtering;

public class LabelFilterTests
{
    [Theory]
    [InlineData("32kb", "bytes", 32768, true)]
    [InlineData("32kb", "bytes", 32767, false)]
    [InlineData(":64kb", "bytes", 65536, true)]
    [InlineData(":64kb", "bytes", 65537, false)]
    [InlineData("4mb:", "bytes", 4 << 20, true)]
    [InlineData("4mb:", "bytes", (4 << 20) - 1, false)]
    [InlineData("12kb:64mb", "bytes", 12 << 10, true)]
    [InlineData("12kb:64mb", "bytes", 64 << 20, true)]
    [InlineData("12kb:64mb", "bytes", 65 << 20, false)]
    [InlineData("size=1kb", "bytes", 1024, true)]
    [InlineData("other=1kb", "bytes", 1024, false)]
    [InlineData("10ms:", "nanoseconds", 10_000_000, true)]
    [InlineData("10ms:", "bytes", 10_000_000, false)]
    [InlineData("+400kb:", "kilobytes", 500, true)]
    [InlineData("-5:5", "widgets", 0, true)]
    public void A_range_is_compared_in_its_own_unit(string filter, string unit, long value, bool matches)
    {
        LabelFilter parsed = LabelFilter.Parse(filter);

        Assert.True(parsed.IsRange);
        Assert.Equal(matches, IsMatch(parsed, builder => Label.OfNumber(builder.String("size"), value == 0 ? 1 : value, builder.String(unit))));
    }

    [Theory]
    [InlineData("tea", true)]
    [InlineData("drink:tea", true)] // without a key the expression sees key and value
    [InlineData("drink=tea", true)]
    [InlineData("drink=coffee,tea", true)] // with a key any of them will do
    [InlineData("tea,coffee", false)] // without one all must match
    [InlineData("tea,green", true)]
    [InlineData("food=tea", false)]
    public void Expressions_match_text_labels(string filter, bool matches) =>
        Assert.Equal(matches, IsMatch(
            LabelFilter.Parse(filter),
            builder => Label.OfText(builder.String("drink"), builder.String("tea")),
            builder => Label.OfText(builder.String("colour"), builder.String("green"))));

    [Theory]
    [InlineData("12kb-64kb")]
    [InlineData("kb")]
    [InlineData("1:2:3")]
    [InlineData("1kb:2ms")]
    [InlineData("")]
    public void Anything_else_is_not_a_range(string filter) => Assert.False(LabelFilter.Parse(filter).IsRange);

    [Fact]
    public void A_keys_unit_is_the_first_one_given_and_the_others_are_named()
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        StringId key = builder.String("size");
        builder.AddSample(builder.Stack([]), [1], builder.LabelSet(Label.OfNumber(key, 1, builder.String("bytes")), Label.OfNumber(builder.String("request"), 2)));
        builder.AddSample(builder.Stack([]), [1], builder.LabelSet(Label.OfNumber(key, 1, builder.String("kilobytes"))));
        Profile profile = builder.Build();

        LabelUnits units = LabelUnits.Of(profile);

        Assert.Equal("bytes", units[key]);
        Assert.Equal("bytes", units[profile.Strings.Find("request")!.Value]);
        Assert.Equal(["kilobytes"], units.Ignored["size"]);
    }

    private static bool IsMatch(LabelFilter filter, params Func<ProfileBuilder, Label>[] labels)
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        LabelSetId set = builder.LabelSet([.. labels.Select(label => label(builder))]);
        builder.AddSample(builder.Stack([]), [1], set);
        Profile profile = builder.Build();
        return filter.IsMatch(profile, set, LabelUnits.Of(profile));
    }
}
