using Plumb.Profiles.Proto;

namespace Plumb.Profiles.Tests.Proto;

public sealed class ProfileCodecTests
{
    [Fact]
    public void What_is_encoded_is_decoded_again()
    {
        Profile profile = Example();

        Profile again = ProfileDecoder.Decode(ProfileEncoder.EncodeGzip(profile));

        Assert.Equal(ProfileDump.Text(profile), ProfileDump.Text(again));
        Assert.Equal(ProfileEncoder.Encode(profile), ProfileEncoder.Encode(again));
    }

    internal static Profile Example()
    {
        var builder = new ProfileBuilder(new ProfileHeader
        {
            SampleTypes = [new("alloc_space", "bytes"), new("inuse_space", "bytes")],
            DefaultSampleType = "inuse_space",
            TimeNanos = 1_700_000_000_000_000_001,
            DurationNanos = -5,
            PeriodType = new SampleType("space", "bytes"),
            Period = 524288,
            DropFrames = "^malloc$",
            KeepFrames = "^main$",
            Comments = ["first", "", "zweite Zeile: ü"],
            DocUrl = "https://example.org/doc",
        });
        MappingId binary = builder.Mapping(new Mapping(0x400000, 0x500000, 0x1000, "/usr/bin/shop", "abcdef") { HasFunctions = true, HasInlineFrames = true });
        FunctionId handle = builder.Function("shop.(*Cart).Handle", "/src/cart.go", 10);
        FunctionId inlined = builder.Function("shop.size", "/src/size.go", 3, "shop.size_1");
        LocationId leaf = builder.Location(ulong.MaxValue, binary, [new Line(inlined, 4, 7), new Line(handle, 20)], isFolded: true);
        LocationId bare = builder.Location(0x400100, MappingId.None, []);
        LabelSetId labels = builder.LabelSet(
            Label.OfNumber(builder.String("bytes"), 32, builder.String("bytes")),
            Label.OfText(builder.String("route"), builder.String("/a")),
            Label.OfText(builder.String("route"), builder.String("/b")),
            Label.OfNumber(builder.String("zero"), 0, builder.String("s")));
        builder.AddSample(builder.Stack([leaf, bare]), [1, long.MinValue], labels);
        builder.AddSample(builder.Stack([]), [0, 0]);
        builder.AddSample(builder.Stack([leaf, bare]), [7, -7]);
        return builder.Build();
    }
}
