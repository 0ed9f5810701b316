using System.Text;
using Plumb.Profiles.LegacyText;

namespace Plumb.Profiles.Tests.LegacyText;

/// <summary>What Go answers to debug=1: counts, heap and locks, with symbols as comments, which the reference passes over.</summary>
public sealed class GoTextTests
{
    [Fact]
    public void Goroutines_have_the_symbols_of_the_comments()
    {
        Profile profile = ProfileReader.Read(TestData.Profile("go1.19.goroutine1.txt"));

        Assert.Equal(SampleType.Goroutine, Assert.Single(profile.SampleTypes));
        Assert.Equal([3], profile.Sample(0).Values);
        Assert.Equal(["43b155", "407e5a", "407997", "62c05d main.(*server).wait /src/shop/main.go:16", "468000"], Stack(profile, 0));
        Assert.True(profile.Mappings[new MappingId(0)].HasFunctions);
    }

    [Fact]
    public void Runtime_frames_hidden_in_one_sample_are_named_by_another()
    {
        Profile profile = Read("""
            goroutine profile: total 2
            1 @ 0x11 0x21
            #	0x20	main.a+0x0	/a.go:1

            1 @ 0x31 0x11
            #	0x30	main.b+0x0	/a.go:2
            #	0x10	runtime.main+0x0	/proc.go:3

            """);

        Assert.Equal(["10 runtime.main /proc.go:3", "20 main.a /a.go:1"], Stack(profile, 0));
    }

    [Fact]
    public void Inlined_calls_of_one_address_become_its_lines()
    {
        Profile profile = Read("goroutine profile: total 1\n1 @ 0x11 0x21\n#\t0x10\tmain.inner+0x1\t/a.go:1\n#\t0x10\tmain.outer+0x1\t\t/a.go:2\n#\t0x20\tmain.main+0x1\t/a.go:3\n\n");

        Assert.Equal(["10 main.inner /a.go:1 main.outer /a.go:2", "20 main.main /a.go:3"], Stack(profile, 0));
    }

    [Fact]
    public void A_recursive_call_is_not_taken_for_inlining()
    {
        Profile profile = Read("goroutine profile: total 1\n1 @ 0x11 0x11 0x11\n#\t0x10\tmain.f+0x1\t/a.go:1\n#\t0x10\tmain.f+0x1\t/a.go:1\n#\t0x10\tmain.f+0x1\t/a.go:1\n\n");

        Assert.Equal(["10 main.f /a.go:1", "10 main.f /a.go:1", "10 main.f /a.go:1"], Stack(profile, 0));
    }

    [Fact]
    public void Labels_are_labels()
    {
        Profile profile = ProfileReader.Read(TestData.Profile("go1.19.goroutine1.txt"));

        for (int i = 0; i < profile.Samples.Count; i++)
        {
            string[] labels = [.. profile.Sample(i).Labels.ToArray().Select(l => $"{profile.Strings[l.Key]}={profile.Strings[l.Text]}")];
            if (Stack(profile, i).Any(f => f.Contains("main.main.func6.1", StringComparison.Ordinal)))
                Assert.Equal(["route=/a \"b\"", "user=7"], labels);
            else
                Assert.Empty(labels);
        }
    }

    [Fact]
    public void A_sample_without_an_address_does_not_spoil_the_file()
    {
        Profile profile = ProfileReader.Read(TestData.Profile("go1.19.threadcreate1.txt"));

        Assert.Equal(2, profile.Samples.Count);
        Assert.Equal([7], profile.Sample(0).Values);
        Assert.Equal(0, profile.Sample(0).Stack.Length);
        Assert.Equal("43e274 runtime.allocm /usr/lib/go-1.19/src/runtime/proc.go:1761", Stack(profile, 1)[0]);
    }

    [Fact]
    public void A_heap_has_its_symbols_and_the_memory_statistics()
    {
        HeapText heap = HeapText.Parse(TestData.Profile("go1.19.heap1.txt"));

        Assert.Equal(["62c7e4 main.grow /src/shop/main.go:32", "62c7cf main.main /src/shop/main.go:53", "43ad91 runtime.main /usr/lib/go-1.19/src/runtime/proc.go:250", "468000"], Stack(heap.Profile, 0));
        MemStats stats = heap.MemStats!;
        Assert.Equal(12_156_928, stats.HeapSysBytes);
        Assert.Equal(3_825_664, stats.HeapIdleBytes);
        Assert.Equal(8_331_264, stats.HeapInuseBytes);
        Assert.Equal(3_825_664, stats.HeapReleasedBytes);
        Assert.Equal(7_738_584, stats.HeapAllocBytes);
        Assert.Equal(1404, stats.HeapObjects);
        Assert.Equal((425_984, 425_984), (stats.StackInuseBytes, stats.StackSysBytes));
        Assert.Equal((21_168, 32_544), (stats.MSpanInuseBytes, stats.MSpanSysBytes));
        Assert.Equal(10_970_336, stats.NextGCBytes);
        Assert.Equal(1795256846021173633, stats.LastGCUnixNanos);
        Assert.Equal((2, 1), (stats.NumGC, stats.NumForcedGC));
        Assert.Equal(256, stats.PauseNanos.Length);
        Assert.Equal(105_858, stats.RecentPauseNanos);
        Assert.Equal(0.0035672409989831507, stats.GCCpuFraction);
        Assert.Equal(7_651_328, stats.MaxRssBytes);
    }

    [Fact]
    public void A_heap_of_another_tool_has_no_statistics() =>
        Assert.Null(HeapText.Parse(TestData.Profile("cppbench.heap")).MemStats);

    [Fact]
    public void The_ring_of_pauses_is_read_at_the_last_collection()
    {
        Assert.Equal(30, new MemStats { NumGC = 259, PauseNanos = [.. Enumerable.Range(0, 256).Select(i => i == 2 ? 30L : 1)] }.RecentPauseNanos);
        Assert.Equal(0, new MemStats { PauseNanos = [5] }.RecentPauseNanos);
    }

    [Theory]
    [InlineData("go1.19.mutex1.txt", "1 20188801", "sync.(*Mutex).Unlock")]
    [InlineData("go1.19.block1.txt", "1 20222852", "sync.(*Mutex).Lock")]
    public void Locks_have_their_symbols_and_nanoseconds(string file, string values, string leaf)
    {
        Profile profile = ProfileReader.Read(TestData.Profile(file));

        Assert.Equal(values, string.Join(' ', profile.Sample(0).Values.ToArray()));
        Assert.Contains(leaf, Stack(profile, 0)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Any_profile_that_a_program_defines_is_counted() =>
        Assert.Equal(new SampleType("my.pool/connections", "count"), Assert.Single(Read("# note\n\nmy.pool/connections profile: total 2\n2 @ 0x1\n").SampleTypes));

    private static Profile Read(string text) => ProfileReader.Read(Encoding.UTF8.GetBytes(text));

    private static List<string> Stack(Profile profile, int sample)
    {
        var frames = new List<string>();
        foreach (LocationId id in profile.Sample(sample).Stack)
        {
            var text = new StringBuilder(profile.Locations[id].Address.ToString("x", System.Globalization.CultureInfo.InvariantCulture));
            foreach (Line line in profile.Locations[id].Lines)
                text.Append(' ').Append(profile.Function(line.Function).Name).Append(' ').Append(profile.Function(line.Function).File).Append(':').Append(line.Number);

            frames.Add(text.ToString());
        }

        return frames;
    }
}
