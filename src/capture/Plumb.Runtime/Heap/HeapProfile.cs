using System.Globalization;
using Plumb.Agent.Contract;
using Plumb.Profiles;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Heap;

/// <summary>Writes the agent's samples as the profile that Go's heap endpoint serves, with the type of the objects as a label.</summary>
internal static class HeapProfile
{
    private const string LostStack = "[stack lost]";

    public static Profile Build(AgentSnapshot snapshot, FrameNamer names, string defaultSampleType, DateTimeOffset now)
    {
        var profile = new ProfileBuilder(Header(snapshot, defaultSampleType, now));
        names.AddProgram(profile);
        LocationId[] frames = Frames(snapshot, names, profile);
        StackId lost = profile.Stack([profile.Location(profile.Function(LostStack))]);
        StringId typeKey = profile.String("type");
        StringId heapKey = profile.String("heap");
        foreach (ref readonly SiteRow site in snapshot.Sites)
        {
            ReadOnlySpan<Label> labels = [
                Label.OfText(typeKey, profile.String(site.Type < 0 ? "" : snapshot.Type(site.Type))),
                Label.OfText(heapKey, profile.String(Heap(site.Kind)))];
            _ = profile.AddSample(
                site.Stack < 0 ? lost : Stack(snapshot, site.Stack, frames, profile),
                [Whole(site.AllocatedObjects), Whole(site.AllocatedBytes), Whole(site.LiveObjects), Whole(site.LiveBytes)],
                profile.LabelSet(site.Kind == AllocationKind.Small ? labels[..1] : labels));
        }

        return profile.Build();
    }

    private static ProfileHeader Header(AgentSnapshot snapshot, string defaultSampleType, DateTimeOffset now) => new()
    {
        SampleTypes = [new("alloc_objects", "count"), new("alloc_space", "bytes"), new("inuse_objects", "count"), new("inuse_space", "bytes")],
        DefaultSampleType = defaultSampleType,
        PeriodType = new SampleType("space", "bytes"),
        Period = (long)AgentContract.SamplingDistanceBytes,
        TimeNanos = now.ToUnixTimeMilliseconds() * 1_000_000,
        Comments = [.. Comments(snapshot.Header)],
    };

    /// <summary>What a reader must know to trust the figures: how many samples they rest on, and what was lost.</summary>
    private static IEnumerable<string> Comments(SnapshotHeader header)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{header.Samples} allocations sampled, {header.LiveSamples} of them alive; one sample every {AgentContract.SamplingDistanceBytes:0} bytes");
        if (header.RuntimeMajor < 10)
            yield return $"estimates: the runtime of .NET {header.RuntimeMajor} samples unevenly (10 to 20 %)";
        if (header.LostSamples > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{header.LostSamples} samples lost: no room");
        if (header.LostStacks > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{header.LostStacks} samples without a stack: no room");
        if (header.Thinnings > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"living samples halved {header.Thinnings} times by chance, the others counted twice");
    }

    private static LocationId[] Frames(AgentSnapshot snapshot, FrameNamer names, ProfileBuilder profile)
    {
        var locations = new LocationId[snapshot.Frames.Length];
        for (int i = 0; i < locations.Length; i++)
            locations[i] = names.Location(profile, snapshot, snapshot.Frames[i]);
        return locations;
    }

    private static StackId Stack(AgentSnapshot snapshot, int stack, LocationId[] frames, ProfileBuilder profile)
    {
        ReadOnlySpan<int> rows = snapshot.Stack(stack);
        var locations = new LocationId[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            locations[i] = frames[rows[i]];
        return profile.Stack(locations);
    }

    private static string Heap(AllocationKind kind) => kind switch
    {
        AllocationKind.Large => "large",
        AllocationKind.Pinned => "pinned",
        _ => "small",
    };

    private static long Whole(double value) => (long)Math.Round(Math.Max(0, value));
}
