using System.Runtime.CompilerServices;
using Plumb.Profiles;
using Plumb.Runtime.Tests.Agent;

namespace Plumb.Runtime.Tests.Heap;

// The agent is attached to the process of the tests itself, as to any other.
public sealed class HeapTests
{
    private const int InUseSpace = 3;
    private const long Mega = 1_000_000;
    private static readonly List<object> Kept = [];

    [AgentFact]
    public async Task Leaks_of_three_stacks_amid_garbage_are_estimated_within_a_tenth_and_fall_back_when_released()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path);
        await profiles.StartAsync();
        long arrays = 0;
        long texts = 0;
        long large = 0;
        for (int i = 0; i < 15_000; i++)
        {
            arrays += Arrays(10_000);
            texts += Texts(4_000);
            if (i % 10 == 0)
                large += await LargeAsync(100_000);
            Garbage();
        }

        GC.Collect();
        Profile full = await profiles.HeapAsync();
        Kept.Clear();
        GC.Collect();
        Profile empty = await profiles.HeapAsync();

        Within(0.1, arrays, InUse(full, nameof(Arrays)));
        Within(0.1, texts, InUse(full, nameof(Texts)));
        Within(0.1, large, InUse(full, nameof(LargeAsync)));
        Assert.InRange(InUse(full, nameof(Garbage)), 0, 10 * Mega);
        Assert.InRange(InUse(empty, nameof(Arrays)) + InUse(empty, nameof(Texts)) + InUse(empty, nameof(LargeAsync)), 0, 5 * Mega);
    }

    [AgentFact]
    public async Task It_can_be_detached_and_attached_again()
    {
        await using (var first = new RuntimeProfiles(AgentFile.Path))
            await first.StartAsync();

        await using var second = new RuntimeProfiles(AgentFile.Path);
        long texts = 0;
        await second.StartAsync();
        for (int i = 0; i < 5_000; i++)
            texts += Texts(4_000);
        Profile heap = await second.HeapAsync();
        Kept.Clear();

        Within(0.25, texts, InUse(heap, nameof(Texts)));
    }

    [Fact]
    public async Task Without_the_agent_the_profile_says_why_it_is_not_there()
    {
        await using var profiles = new RuntimeProfiles("no/such/libplumb-agent.so");

        var e = await Assert.ThrowsAsync<ProfileUnavailableException>(() => profiles.HeapAsync());

        Assert.Contains("no/such/libplumb-agent.so", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_is_not_the_agent_is_refused_with_its_name()
    {
        string other = typeof(HeapTests).Assembly.Location;
        await using var profiles = new RuntimeProfiles(other);

        var e = await Assert.ThrowsAsync<ProfileUnavailableException>(() => profiles.HeapAsync());

        Assert.Contains(other, e.Message, StringComparison.Ordinal);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Arrays(int size)
    {
        Kept.Add(new byte[size]);
        return size + 24;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Texts(int length)
    {
        Kept.Add(new string('x', length));
        return (2 * length) + 22;
    }

    private static async Task<long> LargeAsync(int size)
    {
        await Task.Yield();
        Kept.Add(new byte[size]);
        return size + 24;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Garbage()
    {
        for (int i = 0; i < 20; i++)
            GC.KeepAlive(new byte[2_000]);
    }

    private static void Within(double share, long truth, long estimate) =>
        Assert.InRange(estimate, truth * (1 - share), truth * (1 + share));

    /// <summary>What the samples hold whose innermost frame of this class is the method: an awaited one is below what comes after it, too.</summary>
    private static long InUse(Profile profile, string method)
    {
        long sum = 0;
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            string? innermost = Functions(profile, sample).FirstOrDefault(name => name.StartsWith($"{typeof(HeapTests).FullName}.", StringComparison.Ordinal));
            sum += innermost == $"{typeof(HeapTests).FullName}.{method}" ? sample.Values[InUseSpace] : 0;
        }

        return sum;
    }

    private static List<string> Functions(Profile profile, Sample sample)
    {
        var names = new List<string>();
        foreach (LocationId location in sample.Stack)
        {
            foreach (Line line in profile.Locations.Lines(location))
                names.Add(profile.Function(line.Function).Name);
        }

        return names;
    }
}
