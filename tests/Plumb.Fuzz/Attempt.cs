using System.Diagnostics;
using System.IO.Compression;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.LegacyText;
using Plumb.Profiles.Proto;
using Plumb.Runtime.Events;
using Plumb.Runtime.NetTrace;

namespace Plumb.Fuzz;

/// <summary>What reading one input did.</summary>
/// <param name="WasRead">It was read as a profile; otherwise it was refused.</param>
/// <param name="Fault">What must not happen and did; null when all is well.</param>
public sealed record Attempt(bool WasRead, string? Fault)
{
    // An input may cost a fixed sum and so much for each of its bytes. Text is interned, so that the factor is what a line of few bytes
    // costs as a row of several tables, twice over because tables double as they grow.
    private const long FixedBytes = 8 << 20;
    private const long BytesPerByte = 400;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    /// <summary>Reads an input through every reader that may meet it, and writes what was read.</summary>
    /// <param name="input">Plain or gzip.</param>
    /// <param name="plainBytes">The size of the input before it was compressed.</param>
    public static Attempt Read(byte[] input, long plainBytes)
    {
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool wasRead = false;
        try
        {
            wasRead = Succeeds(() => CheckWriters(ProfileReader.Read(input)));
            Succeeds(() => CheckDump(GoroutineDump.Parse(input)));
            Succeeds(() => HeapText.Parse(input));
            Succeeds(() => FoldedText.Parse(input, ProfileLimits.Default));
            Succeeds(() => ProfileDecoder.Decode(input));
            wasRead |= Succeeds(() => NetTraceReader.Read(new MemoryStream(input), new WaitSink()))
                | Succeeds(() => NetTraceReader.Read(new MemoryStream(input), new CountSink(RuntimeEvents.ExceptionThrown, startsWithType: true)));
        }
#pragma warning disable CA1031 // Any exception that gets here is the find.
        catch (Exception escaped)
#pragma warning restore CA1031
        {
            return new Attempt(false, escaped.ToString());
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > FixedBytes + (BytesPerByte * plainBytes))
            return new Attempt(wasRead, $"{allocated} bytes allocated for an input of {plainBytes}");

        return new Attempt(wasRead, watch.Elapsed > MaxTime ? $"{watch.Elapsed.TotalSeconds:F1} s for an input of {plainBytes} bytes" : null);
    }

    /// <summary>The same input behind gzip.</summary>
    public static byte[] Compress(byte[] input)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(input);

        return target.ToArray();
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
