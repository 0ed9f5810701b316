using Plumb.Profiles;
using Plumb.Runtime.Tests.Agent;

namespace Plumb.Runtime.Tests.Heap;

// The heap of the process of the tests itself.
public sealed class TypesTests
{
    private const int Objects = 0;
    private const int Bytes = 1;
    private const int Kept = 1234;

    [AgentFact]
    public async Task With_the_agent_every_object_of_a_type_is_counted_exactly_in_a_copy_that_stands_still()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path);

        await CountsAsync<Counted>(profiles);
    }

    [Fact]
    public async Task Without_it_the_runtime_tells_of_them_and_the_profile_says_why_it_is_by_type()
    {
        await using var profiles = new RuntimeProfiles("no/such/libplumb-agent.so");

        Profile first = await CountsAsync<Told>(profiles);
        await CountsAsync<Told>(profiles);

        Assert.Contains(first.Header.Comments, comment => comment.Contains("no/such/libplumb-agent.so", StringComparison.Ordinal));
    }

    private static async Task<Profile> CountsAsync<T>(RuntimeProfiles profiles)
        where T : new()
    {
        T[] kept = [.. Enumerable.Range(0, Kept).Select(_ => new T())];
        List<T>[][] arrays = [[[]], []];
        Profile types = await profiles.TypesAsync();
        GC.KeepAlive(kept);
        GC.KeepAlive(arrays);

        (long Objects, long Bytes) counted = Sum(types, name => name.EndsWith($".{typeof(T).Name}", StringComparison.Ordinal) || name == typeof(T).Name);
        Assert.Equal(Kept, counted.Objects);
        // A field of eight bytes, the class pointer and the object's header.
        Assert.Equal(Kept * 24, counted.Bytes);
        Assert.NotEqual(0, Sum(types, name => name.StartsWith("System.Collections.Generic.List<", StringComparison.Ordinal) && name.EndsWith("[][]", StringComparison.Ordinal)).Objects);
        Assert.InRange(Sum(types, name => name == "System.String").Objects, 1000, long.MaxValue);
        return types;
    }

    private static (long Objects, long Bytes) Sum(Profile profile, Predicate<string> isMeant)
    {
        (long objects, long bytes) = (0, 0);
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            if (!isMeant(profile.Strings[sample.Labels[0].Text]))
                continue;
            objects += sample.Values[Objects];
            bytes += sample.Values[Bytes];
        }

        return (objects, bytes);
    }

    private sealed class Counted
    {
        public long Number { get; set; }
    }

    private sealed class Told
    {
        public long Number { get; set; }
    }
}
