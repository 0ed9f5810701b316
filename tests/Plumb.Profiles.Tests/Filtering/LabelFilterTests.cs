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
    // One value of several, in the unit of the key.
    [InlineData("256kb", "size 262144 bytes, other 7 kilobytes", true)]
    [InlineData("256kb", "size 256 bytes, other 7 kilobytes", false)]
    [InlineData("7kb", "size 262144 bytes, other 7 kilobytes", true)]
    [InlineData("20bytes", "size 20 bytes", true)]
    [InlineData("size=3b", "size 20 bytes, size 3 bytes", true)]
    [InlineData("size=3b", "size 20 bytes, other 3 bytes", false)]
    // Open on one side: the label's unit is converted, whichever is larger.
    [InlineData(":20kb", "size 3 bytes", true)]
    [InlineData(":20b", "size 21 bytes", false)]
    [InlineData("20b:", "size 3 kilobytes", true)]
    [InlineData("20b:", "size 3 bytes", false)]
    [InlineData("20kb:", "size 3 bytes, other 3 kilobytes", false)]
    // A key, and a range.
    [InlineData("size=1kb:2kb", "size 1500 bytes", true)]
    [InlineData("size=1kb:2kb", "size 3 kilobytes", false)]
    [InlineData("size=1kb:2kb", "size 512 bytes", false)]
    [InlineData("size=1024b", "size 1 kilobytes", true)]
    [InlineData("size=1024b", "size 1024 kilobytes", false)]
    // Another family of units, units that nobody knows, and none.
    [InlineData("20kb", "size 20 milliseconds", false)]
    [InlineData("20widgets", "size 20 widgets", true)]
    // What nobody can convert is taken for the same.
    [InlineData("20widgets", "size 20 gadgets", true)]
    [InlineData("20", "pid 20", true)]
    [InlineData("20:", "pid 19", false)]
    // Without a unit, a key that says bytes is of bytes, any other of itself.
    [InlineData("bytes=2kb", "bytes 2048", true)]
    [InlineData("weird=20weird", "weird 20", true)]
    public void Numbers_are_picked_as_in_the_reference(string filter, string labels, bool matches) =>
        Assert.Equal(matches, IsMatch(LabelFilter.Parse(filter), [.. labels.Split(", ").Select(NumberOf)]));

    [Theory]
    [InlineData("north", "zone north, zone south", true)]
    [InlineData("west", "zone north, zone south", false)]
    [InlineData("north,ann", "zone north, zone south, user ann", true)]
    [InlineData("n.r.h,^user:a", "zone north, user ann", true)]
    [InlineData("north,ann", "zone north, zone south", false)]
    [InlineData("zone=north,south", "zone north, zone south", true)]
    [InlineData("zone=north,south", "zone south", true)]
    [InlineData("zone:north,south", "zone north, zone south", true)]
    [InlineData("zone:north,south", "zone south", false)]
    [InlineData("zone:north,south", "zone north", false)]
    [InlineData("zone=", "zone north", true)]
    [InlineData("", "zone north", true)]
    [InlineData("20", "zone 20", false)]
    public void Texts_are_picked_as_in_the_reference(string filter, string labels, bool matches) =>
        Assert.Equal(matches, IsMatch(LabelFilter.Parse(filter), [.. labels.Split(", ").Select(TextOf)]));

    private static Func<ProfileBuilder, Label> NumberOf(string label) => label.Split(' ') switch
    {
        [string key, string value, string unit] => builder => Label.OfNumber(builder.String(key), long.Parse(value, System.Globalization.CultureInfo.InvariantCulture), builder.String(unit)),
        [string key, string value] => builder => Label.OfNumber(builder.String(key), long.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException(label),
    };

    private static Func<ProfileBuilder, Label> TextOf(string label) =>
        builder => Label.OfText(builder.String(label.Split(' ')[0]), builder.String(label.Split(' ')[1]));

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
