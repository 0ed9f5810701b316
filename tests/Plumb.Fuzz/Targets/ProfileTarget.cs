using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.LegacyText;
using Plumb.Profiles.Proto;

namespace Plumb.Fuzz.Targets;

/// <summary>Profiles of every format; what was read is written again.</summary>
internal sealed class ProfileTarget : FuzzTarget
{
    public override string Name => "profiles";

    public override bool MayBeCompressed => true;

    public override IReadOnlyList<(string Name, byte[] Bytes)> Seeds(string testData) => Corpus.Load(testData);

    public override bool Read(byte[] input)
    {
        bool wasRead = Succeeds(() => CheckWriters(ProfileReader.Read(input)));
        Succeeds(() => CheckDump(GoroutineDump.Parse(input)));
        Succeeds(() => HeapText.Parse(input));
        Succeeds(() => FoldedText.Parse(input, ProfileLimits.Default));
        Succeeds(() => ProfileDecoder.Decode(input));
        return wasRead;
    }

    private static bool Succeeds(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (ProfileFormatException)
        {
            return false;
        }
    }

    /// <summary>What was read can be written, and comes back as it was.</summary>
    private static void CheckWriters(Profile profile)
    {
        byte[] encoded = ProfileEncoder.Encode(profile);
        if (!ProfileEncoder.Encode(ProfileDecoder.Decode(encoded)).AsSpan().SequenceEqual(encoded))
            throw new InvalidOperationException("the profile does not come back from its encoding");

        if (profile.SampleTypes.Length == 0)
            return;

        string folded = FoldedText.Format(profile, 0);
        if (FoldedText.Format(FoldedText.Parse(folded), 0) != folded)
            throw new InvalidOperationException("the profile does not come back from folded text");
    }

    private static void CheckDump(GoroutineDump dump)
    {
        Profile profile = dump.ToProfile();
        long total = 0;
        for (int i = 0; i < profile.Samples.Count; i++)
            total += profile.Sample(i).Values[0];

        if (total != dump.Goroutines.Length)
            throw new InvalidOperationException($"{dump.Goroutines.Length} goroutines became {total}");
    }
}
