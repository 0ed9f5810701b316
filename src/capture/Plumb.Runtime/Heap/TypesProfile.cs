using Plumb.Profiles;
using Plumb.Runtime.Naming;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Heap;

/// <summary>Writes a heap by type as a profile whose places are the types, and perhaps what holds them.</summary>
internal static class TypesProfile
{
    private const string Unknown = "[other types]";

    /// <param name="withHolders">Whether what holds the objects stands below their types, as what calls a function does: its sum is what it holds.</param>
    public static Profile Build(TargetProcess target, IEnumerable<TypeCount> types, IReadOnlyList<string> comments, DateTimeOffset now, bool withHolders = false)
    {
        var profile = new ProfileBuilder(new ProfileHeader
        {
            SampleTypes = [new("inuse_objects", "count"), new("inuse_space", "bytes")],
            DefaultSampleType = "inuse_space",
            PeriodType = new SampleType("space", "bytes"),
            Period = 1,
            TimeNanos = now.ToUnixTimeMilliseconds() * 1_000_000,
            Comments = [.. comments],
        });
        using (var names = new FrameNamer(target))
            names.AddProgram(profile);
        StringId key = profile.String("type");
        StringId heldBy = profile.String("held");
        // Instances of one generic type over several of the runtime's own have one name.
        foreach (var same in types.GroupBy(type => (type.Name, type.HeldBy, Field: withHolders ? type.Field : "")))
        {
            string name = same.Key.Name.Length > 0 ? same.Key.Name : Unknown;
            List<LocationId> places = [profile.Location(profile.Function(name))];
            List<Label> labels = [Label.OfText(key, profile.String(name))];
            if (same.Key.HeldBy is { } kind)
                labels.Add(Label.OfText(heldBy, profile.String(TextOf(kind))));
            if (same.Key.HeldBy is { } holder && withHolders)
                places.Add(profile.Location(profile.Function(same.Key.Field.Length > 0 ? $"static {same.Key.Field}" : $"[{TextOf(holder)}]")));
            _ = profile.AddSample(profile.Stack([.. places]), [same.Sum(type => type.Objects), same.Sum(type => type.Bytes)], profile.LabelSet([.. labels]));
        }

        return profile.Build();
    }

    private static string TextOf(HolderKind kind) => kind switch
    {
        HolderKind.StaticField => "static field",
        HolderKind.Handle => "handle",
        HolderKind.PinnedHandle => "pinned handle",
        HolderKind.Thread => "thread",
        HolderKind.FinalizerQueue => "finalizer queue",
        HolderKind.None => "nothing known",
        _ => "other root",
    };
}
