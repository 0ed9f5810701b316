using Plumb.Profiles;
using Plumb.Runtime.Naming;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Heap;

/// <summary>Writes a heap by type as a profile whose places are the types.</summary>
internal static class TypesProfile
{
    private const string Unknown = "[other types]";

    public static Profile Build(TargetProcess target, IEnumerable<TypeCount> types, IReadOnlyList<string> comments, DateTimeOffset now)
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
        // Instances of one generic type over several of the runtime's own have one name.
        foreach (IGrouping<string, TypeCount> same in types.GroupBy(type => type.Name, StringComparer.Ordinal))
        {
            string name = same.Key.Length > 0 ? same.Key : Unknown;
            StackId stack = profile.Stack([profile.Location(profile.Function(name))]);
            _ = profile.AddSample(stack, [same.Sum(type => type.Objects), same.Sum(type => type.Bytes)], profile.LabelSet(Label.OfText(key, profile.String(name))));
        }

        return profile.Build();
    }
}
