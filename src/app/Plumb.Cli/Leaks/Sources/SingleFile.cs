using System.Globalization;
using Plumb.Collectors.Recording;
using Plumb.Leaks.Snapshots;
using Plumb.Profiles;
using Plumb.Profiles.LegacyText;

namespace Plumb.Cli.Leaks.Sources;

/// <summary>
/// One file that somebody saved while a service was in trouble, as a series of one snapshot: a goroutine dump (<c>debug=2</c>, or what
/// a crashing process printed), a goroutine profile or a heap profile.
/// </summary>
internal static class SingleFile
{
    /// <exception cref="LeaksException">It cannot be read, or is none of these.</exception>
    public static Snapshot Read(string path)
    {
        try
        {
            long length = new FileInfo(path).Length;
            if (length > SnapshotDecoder.Limits.MaxInputBytes)
            {
                throw new LeaksException(string.Create(CultureInfo.InvariantCulture, $"{path} has {length} bytes, more than the {SnapshotDecoder.Limits.MaxInputBytes} that are accepted"));
            }

            byte[] bytes = File.ReadAllBytes(path);
            return AsDump(bytes) is { } dump ? Of(path) with { Goroutines = dump } : OfProfile(path, ProfileReader.Read(bytes, SnapshotDecoder.Limits));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new LeaksException($"{path} cannot be read: {failed.Message}");
        }
        catch (ProfileFormatException malformed)
        {
            throw new LeaksException($"{path} is neither a goroutine dump nor a profile: {malformed.Message}", "Save one with: curl -o goroutines.txt 'http://HOST/debug/pprof/goroutine?debug=2'");
        }
    }

    // Tried first: every other reader makes a profile of a dump, in which the waits are only labels.
    private static GoroutineDump? AsDump(byte[] bytes)
    {
        try
        {
            return GoroutineDump.Parse(bytes, SnapshotDecoder.Limits);
        }
        catch (ProfileFormatException)
        {
            return null;
        }
    }

    private static Snapshot OfProfile(string path, Profile profile)
    {
        if (profile.SampleTypeIndex("inuse_space") >= 0)
        {
            return Of(path) with { Heap = profile };
        }

        return profile.SampleTypeIndex("goroutine") >= 0 || profile.SampleTypeIndex("goroutineleak") >= 0
            ? Of(path) with { Goroutine = profile, GoroutineLeak = profile.SampleTypeIndex("goroutineleak") >= 0 ? profile : null }
            : throw new LeaksException($"{path} is a profile of {string.Join(", ", profile.SampleTypes.Select(t => t.Type))}; leaks show in goroutine and heap profiles");
    }

    private static Snapshot Of(string path) => new() { Seq = 0, At = File.GetLastWriteTimeUtc(path) };
}
