using System.Globalization;
using Plumb.Leaks.Snapshots;
using Plumb.Profiles;
using Plumb.Profiles.LegacyText;

namespace Plumb.Collectors.Recording;

/// <summary>Turns what a target sent into a snapshot that can be judged. A part that cannot be decoded becomes a note.</summary>
public static class SnapshotDecoder
{
    /// <summary>
    /// What one profile of a series may hold: a body as large as a target may send, and 1 GiB once it is unpacked. A series keeps all
    /// its snapshots in memory, so this is far below what a single file may hold.
    /// </summary>
    public static ProfileLimits Limits { get; } = ProfileLimits.Default with
    {
        MaxInputBytes = 64L << 20,
        MaxDecompressedBytes = 1L << 30,
    };

    public static Snapshot Decode(Capture capture, ProfileLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(capture);
        limits ??= Limits;
        List<string> notes = [.. capture.Notes];
        return new Snapshot
        {
            Seq = capture.Sequence,
            At = capture.At,
            Heap = Part(capture, "heap profile", capture.Heap, bytes => ProfileReader.Read(bytes, limits), notes),
            Goroutine = Part(capture, "goroutine profile", capture.Goroutine, bytes => ProfileReader.Read(bytes, limits), notes),
            Goroutines = Part(capture, "goroutine dump", capture.GoroutineText, bytes => GoroutineDump.Parse(bytes, limits), notes),
            GoroutineLeak = Part(capture, "goroutineleak profile", capture.GoroutineLeak, bytes => ProfileReader.Read(bytes, limits), notes),
            Metrics = capture.Metrics,
            Notes = notes,
        };
    }

    private static T? Part<T>(Capture capture, string name, ReadOnlyMemory<byte>? bytes, Func<ReadOnlyMemory<byte>, T> decode, List<string> notes)
        where T : class
    {
        if (bytes is not { } content)
        {
            return null;
        }

        try
        {
            return decode(content);
        }
        catch (ProfileFormatException malformed)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"snapshot {capture.Sequence}: the {name} cannot be read: {malformed.Message}"));
            return null;
        }
    }
}
