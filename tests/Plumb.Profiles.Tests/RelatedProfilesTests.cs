using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Plumb.Profiles.Merging;
using Plumb.Profiles.Proto;
using Plumb.Profiles.Tests.Proto;

namespace Plumb.Profiles.Tests;

public sealed class RelatedProfilesTests
{
    private readonly RelatedProfiles _related = new();

    [Fact]
    public void Profiles_with_the_same_tables_share_them()
    {
        Profile first = _related.Read(Encoded(seed: 5, samples: 1));
        Profile second = _related.Read(Encoded(seed: 5, samples: 9));

        Assert.Same(first.Strings, second.Strings);
        Assert.Same(first.Functions, second.Functions);
        Assert.Same(first.Mappings, second.Mappings);
        Assert.Same(first.Locations, second.Locations);
        Assert.Equal(9, second.Samples.Count);
    }

    [Theory]
    [InlineData(5, 6)]
    [InlineData(6, 5)]
    public void Tables_that_differ_at_the_end_are_not_shared(int functionsBefore, int functions)
    {
        _related.Read(Encoded(functionsBefore, samples: 3));

        Profile profile = _related.Read(Encoded(functions, samples: 3));

        Assert.Equal(functions, profile.Functions.Count);
        Assert.Equal(ProfileDump.Text(ProfileReader.Read(Encoded(functions, samples: 3))), ProfileDump.Text(profile));
    }

    [Fact]
    public void Tables_are_recognised_wherever_they_stand_in_the_input()
    {
        byte[] tables = WithLocation(WireMessage.Profile()).Bytes;

        Profile first = _related.Read(new MemoryStream([.. Sample, .. tables]));
        Profile second = _related.Read(new MemoryStream([.. tables, .. Sample]));

        Assert.Same(first.Locations, second.Locations);
        Assert.Equal(ProfileDump.Text(first), ProfileDump.Text(second));
    }

    [Fact]
    public void A_fault_behind_tables_that_were_recognised_is_told_as_ever() =>
        AssertFaultIsTheSame(
            WithLocation(WireMessage.Profile()).Bytes,
            [.. Sample, .. WithLocation(WithLocation(WireMessage.Profile())).Bytes]);

    [Fact]
    public void A_fault_inside_tables_that_were_recognised_is_told_at_its_place_in_this_input() =>
        // The location is sound as long as its function comes after it.
        AssertFaultIsTheSame(
            [.. Location(function: 2), .. WireMessage.Profile().Bytes, .. Function(2)],
            [.. Sample, .. Location(function: 2), .. Sample, .. WireMessage.Profile().Bytes]);

    [Fact]
    public void What_is_read_does_not_depend_on_what_was_read_before() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RandomProfile.Compatible, profiles =>
        {
            var related = new RelatedProfiles();
            return profiles.Concat(profiles).All(profile => ProfileDump.Text(ProfileReader.Read(Encode(profile))) == ProfileDump.Text(related.Read(Encode(profile))));
        }));

    [Fact]
    public async Task Several_threads_may_read_at_once()
    {
        string[] alone = [.. Enumerable.Range(0, 40).Select(i => ProfileDump.Text(ProfileReader.Read(Encoded(i % 3 + 1, samples: i))))];

        string[] related = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => ProfileDump.Text(_related.Read(Encoded(i % 3 + 1, samples: i))))));

        Assert.Equal(alone, related);
    }

    [Fact]
    public void A_merge_of_profiles_that_share_tables_is_that_of_profiles_that_do_not()
    {
        Profile[] shared = [.. Enumerable.Range(1, 5).Select(i => _related.Read(Encoded(4, samples: 3 * i)))];
        Profile[] apart = [.. Enumerable.Range(1, 5).Select(i => ProfileReader.Read(Encoded(4, samples: 3 * i)))];
        Assert.Same(shared[0].Locations, shared[4].Locations);
        Assert.NotSame(apart[0].Locations, apart[4].Locations);

        Assert.Equal(ProfileDump.Text(ProfileMerger.Merge(apart)), ProfileDump.Text(ProfileMerger.Merge(shared)));
    }

    private static byte[] Sample => WireMessage.Of(p => p.Message(ProfileField.Sample, s => s.Packed(SampleField.LocationId, 1).Packed(SampleField.Value, 9))).Bytes;

    private void AssertFaultIsTheSame(byte[] sound, byte[] damaged)
    {
        _related.Read(new MemoryStream(sound));

        ProfileFormatException alone = Assert.Throws<ProfileFormatException>(() => ProfileReader.Read(damaged));
        ProfileFormatException related = Assert.Throws<ProfileFormatException>(() => _related.Read(new MemoryStream(damaged)));

        Assert.NotNull(alone.Offset);
        Assert.Equal(alone.Message, related.Message);
    }

    private static WireMessage WithLocation(WireMessage profile) => profile.Message(ProfileField.Location, LocationOf(function: 1));

    private static byte[] Location(ulong function) => WireMessage.Of(p => p.Message(ProfileField.Location, LocationOf(function))).Bytes;

    private static Action<WireMessage> LocationOf(ulong function) =>
        l => l.Number(LocationField.Id, 1).Number(LocationField.Address, 0xA).Message(LocationField.Line, line => line.Number(LineField.FunctionId, function));

    private static byte[] Function(ulong id) =>
        WireMessage.Of(p => p.Message(ProfileField.Function, f => f.Number(FunctionField.Id, id).Number(FunctionField.Name, 3))).Bytes;

    /// <summary>A profile with given functions, of which its samples use some.</summary>
    private static MemoryStream Encoded(int seed, int samples)
    {
        var builder = new ProfileBuilder(SampleType.Cpu);
        MappingId mapping = builder.Mapping(new Mapping(0x1000, 0x2000, 0, "/bin/shop", "id"));
        LocationId[] locations = [.. Enumerable.Range(0, seed).Select(i => builder.Location((ulong)(0x1000 + i), mapping, [new Line(builder.Function($"f{i}", "shop.go", i), i)]))];
        for (int i = 0; i < samples; i++)
            builder.AddSample(builder.Stack([locations[i % seed], locations[(i * i + 1) % seed]]), [i + 1]);

        return Encode(builder.Build());
    }

    private static MemoryStream Encode(Profile profile)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            ProfileEncoder.Encode(profile, gzip);

        target.Position = 0;
        return target;
    }
}
