using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plumb.Profiles;
using Plumb.Runtime.Tests.Agent;

namespace Plumb.Runtime.Tests.Heap;

// The heap of the process of the tests itself.
public sealed class TypesTests
{
    private const int Objects = 0;
    private const int Bytes = 1;
    private const int Kept = 1234;

    private static readonly List<HeldByField> s_held = [];
    private static readonly ConditionalWeakTable<object, HeldByTable> s_table = [];

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

    [Fact]
    public async Task What_holds_the_objects_is_told_by_static_field_and_by_kind()
    {
        s_held.AddRange(Enumerable.Range(0, Kept).Select(_ => new HeldByField()));
        s_table.Add(s_held, new HeldByTable());
        var handle = GCHandle.Alloc(new HeldByHandle());
        using var over = new ManualResetEventSlim();
        using var holds = new ManualResetEventSlim();
        var thread = new Thread(() => Hold(holds, over));
        thread.Start();
        holds.Wait();
        await using var profiles = new RuntimeProfiles("no/such/libplumb-agent.so");

        Profile retention = await profiles.RetentionAsync();
        Profile types = await profiles.TypesAsync();
        over.Set();
        thread.Join();
        handle.Free();

        string field = "static s_held: System.Collections.Generic.List<HeldByField>";
        Assert.Equal(Kept, Held<HeldByField>(retention, "static field", field));
        Assert.Equal(1, Held<HeldByTable>(retention, "static field", field));
        Assert.Equal(1, Held<HeldByHandle>(retention, "handle", "[handle]"));
        Assert.Equal(1, Held<HeldByThread>(retention, "thread", "[thread]"));
        Assert.Equal(Kept, Held<HeldByField>(types, "static field", null));
        Assert.DoesNotContain(retention.Header.Comments, comment => comment.Contains("not told", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_of_several_walks_at_once_counts_every_object_once()
    {
        HeldByAll[] kept = [.. Enumerable.Range(0, Kept).Select(_ => new HeldByAll())];
        await using var profiles = new RuntimeProfiles("no/such/libplumb-agent.so");

        Profile[] all = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => profiles.TypesAsync()));
        GC.KeepAlive(kept);

        Assert.All(all, types => Assert.Equal(Kept, Sum(types, name => name.EndsWith(nameof(HeldByAll), StringComparison.Ordinal)).Objects));
    }

    private static void Hold(ManualResetEventSlim holds, ManualResetEventSlim over)
    {
        var local = new HeldByThread();
        holds.Set();
        over.Wait();
        GC.KeepAlive(local);
    }

    private static long Held<T>(Profile profile, string kind, string? holder)
    {
        long objects = 0;
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            string[] labels = [.. sample.Labels.ToArray().Select(label => profile.Strings[label.Text])];
            string[] places = [.. sample.Stack.ToArray().Select(place => profile.Function(profile.Locations[place].Lines[0].Function).Name)];
            if (labels.Contains(kind) && places[0] == typeof(T).Name && places.ElementAtOrDefault(1) == holder)
                objects += sample.Values[Objects];
        }

        return objects;
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

    private sealed class HeldByAll;

    private sealed class HeldByField;

    private sealed class HeldByTable;

    private sealed class HeldByHandle;

    private sealed class HeldByThread;

    private sealed class Counted
    {
        public long Number { get; set; }
    }

    private sealed class Told
    {
        public long Number { get; set; }
    }
}
