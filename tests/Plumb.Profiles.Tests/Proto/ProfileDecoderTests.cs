using System.IO.Compression;
using Plumb.Profiles.Proto;

namespace Plumb.Profiles.Tests.Proto;

public sealed class ProfileDecoderTests
{
    [Fact]
    public void Packed_and_unpacked_numbers_read_the_same()
    {
        byte[] packed = WithSample(s => s.Packed(SampleField.LocationId, 1, 1).Packed(SampleField.Value, 9));
        byte[] unpacked = WithSample(s => s.Number(SampleField.LocationId, 1).Number(SampleField.LocationId, 1).Number(SampleField.Value, 9));

        Assert.Equal(Dump(packed), Dump(unpacked));
        Assert.Equal(2, ProfileDecoder.Decode(packed).Sample(0).Stack.Length);
    }

    [Fact]
    public void Fields_of_a_later_version_are_skipped()
    {
        byte[] plain = WithSample(s => s.Packed(SampleField.LocationId, 1).Packed(SampleField.Value, 9));
        byte[] later = WithSample(s => s.Number(77, 1).Packed(SampleField.LocationId, 1).Text(78, "new").Packed(SampleField.Value, 9)
            .Fixed(79, WireType.Fixed64).Fixed(80, WireType.Fixed32));

        Assert.Equal(Dump(plain), Dump(later));
    }

    [Theory]
    [InlineData(300UL)]
    [InlineData(uint.MaxValue)]
    [InlineData(0xFEDC_BA98_7654_3210UL)]
    public void Ids_on_the_wire_may_be_any_number(ulong id)
    {
        byte[] bytes = WireMessage.Profile()
            .Message(ProfileField.Sample, s => s.Packed(SampleField.LocationId, id, 2).Packed(SampleField.Value, 1))
            .Message(ProfileField.Location, l => l.Number(LocationField.Id, id).Number(LocationField.Address, 0xA))
            .Message(ProfileField.Location, l => l.Number(LocationField.Id, 2).Number(LocationField.Address, 0xB)).Bytes;

        Profile profile = ProfileDecoder.Decode(bytes);

        Assert.Equal([0xA, 0xB], profile.Sample(0).Stack.ToArray().Select(l => (int)profile.Locations[l].Address));
    }

    [Fact]
    public void A_location_listed_twice_is_one_location_and_its_stacks_one_stack()
    {
        byte[] bytes = WireMessage.Profile()
            .Message(ProfileField.Sample, s => s.Packed(SampleField.LocationId, 1).Packed(SampleField.Value, 1))
            .Message(ProfileField.Sample, s => s.Packed(SampleField.LocationId, 2).Packed(SampleField.Value, 2))
            .Message(ProfileField.Location, l => l.Number(LocationField.Id, 1).Number(LocationField.Address, 0xA))
            .Message(ProfileField.Location, l => l.Number(LocationField.Id, 2).Number(LocationField.Address, 0xA)).Bytes;

        Profile profile = ProfileDecoder.Decode(bytes);

        Assert.Equal((1, 1, 2), (profile.Locations.Count, profile.Stacks.Count, profile.Samples.Count));
    }

    [Fact]
    public void A_name_that_is_not_utf8_survives_a_round_trip()
    {
        var builder = new ProfileBuilder(SampleType.Cpu);
        FunctionId function = builder.Function(new FunctionRow(builder.String([0xFF, 0xFE, 0x41]), default, default, 0));
        builder.AddSample(builder.Stack([builder.Location(function)]), [1]);

        Profile again = ProfileDecoder.Decode(ProfileEncoder.Encode(builder.Build()));

        Assert.Equal([0xFF, 0xFE, 0x41], again.Strings.Utf8(again.Functions[default].Name).ToArray());
    }

    [Fact]
    public void Labels_that_say_nothing_are_dropped()
    {
        byte[] bytes = WithSample(s => s.Packed(SampleField.Value, 9).Message(SampleField.Label, l => l.Number(LabelField.Key, 1)));

        Assert.Empty(ProfileDecoder.Decode(bytes).Sample(0).Labels.ToArray());
    }

    [Fact]
    public void Decompression_that_runs_ahead_gives_what_memory_gives()
    {
        Profile profile = Large();

        Assert.Equal(ProfileEncoder.Encode(profile), ProfileEncoder.Encode(ProfileDecoder.Decode(ProfileEncoder.EncodeGzip(profile))));
    }

    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "the input is empty", [] },
        { "expected field 2", WireMessage.Profile().Number(ProfileField.Sample, 1).Bytes },
        { "claims 2147483648 bytes", WireMessage.Profile().Claim(ProfileField.Sample, 1UL << 31).Bytes },
        { "the input ends after 0", WireMessage.Profile().Claim(ProfileField.Sample, 1000).Bytes },
        { "location 7, which does not exist", WithSample(s => s.Packed(SampleField.LocationId, 7).Packed(SampleField.Value, 1)) },
        { "location 0, which does not exist", WithSample(s => s.Packed(SampleField.LocationId, 0).Packed(SampleField.Value, 1)) },
        { "2 values, but there are 1 sample types", WithSample(s => s.Packed(SampleField.Value, 1, 2)) },
        { "refers to string 99", WithSample(s => s.Packed(SampleField.Value, 1).Message(SampleField.Label, l => l.Number(LabelField.Key, 99).Number(LabelField.Number, 1))) },
        { "begin with the empty string", WireMessage.Of(m => m.Text(ProfileField.StringTable, "x")).Bytes },
        { "id 0", WireMessage.Profile().Message(ProfileField.Location, l => l.Number(LocationField.Address, 1)).Bytes },
        { "two locations have the id 1", WireMessage.Profile().Message(ProfileField.Location, l => l.Number(LocationField.Id, 1)).Message(ProfileField.Location, l => l.Number(LocationField.Id, 1).Number(LocationField.Address, 2)).Bytes },
        { "function 5, which does not exist", WireMessage.Profile().Message(ProfileField.Location, l => l.Number(LocationField.Id, 1).Message(LocationField.Line, n => n.Number(LineField.FunctionId, 5))).Bytes },
        { "two profiles", WireMessage.Profile().Number(ProfileField.TimeNanos, 1).Number(ProfileField.TimeNanos, 2).Bytes },
        { "not used by profiles", WireMessage.Profile().Fixed(ProfileField.Sample, WireType.GroupStart).Bytes },
        { "longer than 10 bytes", [.. Enumerable.Repeat((byte)0xFF, 30)] },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Damage_is_named(string said, byte[] bytes) =>
        Assert.Contains(said, Assert.Throws<ProfileFormatException>(() => ProfileDecoder.Decode(bytes)).Message, StringComparison.Ordinal);

    public static TheoryData<string, ProfileLimits> Limits => new()
    {
        { "samples", new ProfileLimits { MaxSamples = 2 } },
        { "sample types", new ProfileLimits { MaxSampleTypes = 1 } },
        { "locations", new ProfileLimits { MaxLocations = 1 } },
        { "functions", new ProfileLimits { MaxFunctions = 1 } },
        { "mappings", new ProfileLimits { MaxMappings = 0 } },
        { "strings", new ProfileLimits { MaxStrings = 3 } },
        { "strings", new ProfileLimits { MaxStringBytes = 4 } },
        { "a stack of more than", new ProfileLimits { MaxStackDepth = 1 } },
        { "stacks", new ProfileLimits { MaxStackEntries = 1 } },
        { "lines", new ProfileLimits { MaxLinesPerLocation = 1 } },
        { "labels", new ProfileLimits { MaxLabelsPerSample = 1 } },
        { "comments", new ProfileLimits { MaxComments = 1 } },
        { "the input is larger", new ProfileLimits { MaxInputBytes = 100 } },
        { "decompresses to more", new ProfileLimits { MaxDecompressedBytes = 100 } },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Every_bound_holds_and_is_named(string said, ProfileLimits limits)
    {
        byte[] bytes = ProfileEncoder.EncodeGzip(ProfileCodecTests.Example());

        Assert.Contains(said, Assert.Throws<ProfileFormatException>(() => ProfileDecoder.Decode(bytes, limits)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_bomb_is_stopped_early()
    {
        byte[] bomb = Gzip(stream =>
        {
            // Fields that the format does not have, each of them small and skipped.
            byte[] fields = [.. Enumerable.Repeat<byte[]>([0x9A, 0x06, 0x00], 1 << 18).SelectMany(f => f)];
            for (int i = 0; i < 200; i++)
                stream.Write(fields);
        });
        long before = GC.GetAllocatedBytesForCurrentThread();

        var refused = Assert.Throws<ProfileFormatException>(() => ProfileDecoder.Decode(bomb));

        Assert.Contains("times its size", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void Every_cut_of_a_compressed_profile_is_refused()
    {
        byte[] whole = ProfileEncoder.EncodeGzip(ProfileCodecTests.Example());
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<ProfileFormatException>(() => ProfileDecoder.Decode(whole.AsMemory(0, length)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void A_profile_in_several_gzip_members_is_one_profile(int memberBytes)
    {
        Profile profile = memberBytes < 100 ? ProfileCodecTests.Example() : Large();
        byte[] members = [.. ProfileEncoder.Encode(profile).Chunk(memberBytes).SelectMany(part => Gzip(stream => stream.Write(part)))];
        byte[] endMark = Gzip(_ => { });

        Assert.Equal(ProfileEncoder.Encode(profile), ProfileEncoder.Encode(ProfileDecoder.Decode(members)));
        Assert.Equal(ProfileEncoder.Encode(profile), ProfileEncoder.Encode(ProfileDecoder.Decode((byte[])[.. members, .. endMark])));
    }

    [Fact]
    public void Every_cut_within_a_later_member_is_refused()
    {
        byte[] bytes = ProfileEncoder.Encode(ProfileCodecTests.Example());
        byte[] first = Gzip(stream => stream.Write(bytes.AsSpan(0, bytes.Length / 2)));
        byte[] whole = [.. first, .. Gzip(stream => stream.Write(bytes.AsSpan(bytes.Length / 2)))];
        for (int length = first.Length + 1; length < whole.Length; length++)
        {
            string said = Assert.Throws<ProfileFormatException>(() => ProfileDecoder.Decode(whole.AsMemory(0, length))).Message;
            Assert.Contains("gzip", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_follows_the_last_member_and_is_none_is_refused() => Assert.Throws<ProfileFormatException>(
        () => ProfileDecoder.Decode((byte[])[.. ProfileEncoder.EncodeGzip(ProfileCodecTests.Example()), .. "more"u8]));

    internal static byte[] WithSample(Action<WireMessage> sample) => WireMessage.Profile()
        .Message(ProfileField.Sample, sample)
        .Message(ProfileField.Location, l => l.Number(LocationField.Id, 1).Message(LocationField.Line, n => n.Number(LineField.FunctionId, 1)))
        .Bytes;

    private static string Dump(byte[] bytes) => ProfileDump.Text(ProfileDecoder.Decode(bytes));

    /// <summary>More than the decoder reads before it starts to read ahead and to estimate.</summary>
    private static Profile Large()
    {
        var random = new Random(5);
        var builder = new ProfileBuilder(SampleType.Cpu);
        LocationId[] locations = [.. Enumerable.Range(0, 30_000).Select(i => builder.Location((ulong)i + 1, MappingId.None, []))];
        var stack = new LocationId[100];
        for (int i = 0; i < 60_000; i++)
        {
            for (int depth = 0; depth < stack.Length; depth++)
                stack[depth] = locations[random.Next(locations.Length)];

            builder.AddSample(builder.Stack(stack), [i + 1]);
        }

        return builder.Build();
    }

    private static byte[] Gzip(Action<Stream> write)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
            write(gzip);

        return target.ToArray();
    }
}
