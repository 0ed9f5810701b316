using FsCheck;
using FsCheck.Fluent;
using Plumb.Profiles.Proto;

namespace Plumb.Profiles.Tests.Proto;

public sealed class ProfileCodecProperties
{
    [Fact]
    public void Decoding_what_was_encoded_gives_the_profile_back() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RandomProfile.Arbitrary, profile =>
            ProfileDump.Text(ProfileDecoder.Decode(ProfileEncoder.Encode(profile))) == ProfileDump.Text(profile)));

    [Fact]
    public void Encoding_is_stable_from_the_first_round_trip_on() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RandomProfile.Arbitrary, profile =>
        {
            byte[] once = ProfileEncoder.Encode(ProfileDecoder.Decode(ProfileEncoder.Encode(profile)));
            return once.AsSpan().SequenceEqual(ProfileEncoder.Encode(ProfileDecoder.Decode(once)));
        }));
}
