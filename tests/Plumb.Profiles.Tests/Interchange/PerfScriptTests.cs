using System.Text;

namespace Plumb.Profiles.Tests.Interchange;

public sealed class PerfScriptTests
{
    [Fact]
    public void A_recording_is_read_whole()
    {
        Profile profile = ProfileReader.Read(TestData.Profile("perf.script.txt"));

        Assert.Equal(["samples/count", "cpu/nanoseconds"], profile.SampleTypes.Select(t => t.ToString()));
        Assert.Equal("cpu", profile.Header.DefaultSampleType);
        Assert.Equal(10_101_010, profile.Header.Period);
        Assert.Equal(19, profile.Samples.Count);
        Assert.Equal([1, 10_101_010], profile.Sample(0).Values);
        Assert.Equal(["98efa cfree@GLIBC_2.2.5 in /usr/lib/x86_64-linux-gnu/libc.so.6", "557c74b4c530", "557c9f739c18"], Stack(profile, 0));
        Assert.Equal(["comm=sh", "pid=19280"], Labels(profile, 0));
    }

    [Theory]
    [InlineData("sh 12 4692.817847: 1000 cpu-clock:ppp: ", "comm=sh pid=12", "cpu/nanoseconds=1000")]
    [InlineData("V8 Worker 3 12/13 [003] 4692.817847: 7 cycles:u: ", "comm=V8 Worker 3 pid=12 tid=13", "cycles/count=7")]
    [InlineData(":-1 12 [000] 4692.817847: 7 L1-dcache-load-misses: ", "comm=:-1 pid=12", "L1-dcache-load-misses/count=7")]
    [InlineData("sh 12 [000] 4692.8: cycles: ", "comm=sh pid=12", "samples/count=1")]
    [InlineData("sh 12 [000] 4692.8: 1 sched:sched_switch: prev_comm=sh prev_pid=12", "comm=sh pid=12", "sched:sched_switch/count=1")]
    public void The_first_line_is_read_in_the_forms_perf_prints_it(string header, string labels, string value)
    {
        Profile profile = Read(header + "\n\t  1f main.f+0x3 (/bin/shop)\n\n");

        Assert.Equal(labels, string.Join(' ', Labels(profile, 0)));
        Assert.Equal(value, $"{profile.SampleTypes[^1]}={profile.Sample(0).Values[^1]}");
    }

    [Fact]
    public void Each_event_has_its_column()
    {
        Profile profile = Read("sh 1 1.0: 10 cycles: \n\t1f a (/x)\n\nsh 1 2.0: 20 instructions: \n\t1f a (/x)\n\n");

        Assert.Equal(["samples/count", "cycles/count", "instructions/count"], profile.SampleTypes.Select(t => t.ToString()));
        Assert.Equal([1, 10, 0], profile.Sample(0).Values);
        Assert.Equal([1, 0, 20], profile.Sample(1).Values);
        Assert.Equal("cycles", profile.Header.DefaultSampleType);
        Assert.Equal(1_000_000_000, profile.Header.DurationNanos);
    }

    [Fact]
    public void Symbols_may_hold_spaces_and_parentheses_and_files_may_be_deleted()
    {
        Profile profile = Read("""
            sh 1 1.0: 10 cycles: 
            	    1f std::vector<int, std::allocator<int> >::push_back(int const&)+0x1f (/bin/shop)
            	    2f operator()(int) const (/memfd:jit (deleted))
            	    3f [unknown] ([kernel.kallsyms])
            	    4f [unknown] ([unknown])

            """);

        Assert.Equal(
            ["1f std::vector<int, std::allocator<int> >::push_back(int const&) in /bin/shop", "2f operator()(int) const in /memfd:jit (deleted)", "3f in [kernel.kallsyms]", "4f"],
            Stack(profile, 0));
    }

    [Fact]
    public void Inlined_calls_are_lines_of_the_frame_below_and_sources_belong_to_the_frame_above()
    {
        Profile profile = Read("sh 1 1.0: 10 cycles: \n\t1f inner (inlined)\n  a.c:3\n\t1f outer+0x2 (/bin/shop)\n  a.c:9\n\t2f main+0x2 (/bin/shop)\n\n");

        Location location = profile.Locations[profile.Sample(0).Stack[0]];
        Assert.Equal(["inner a.c:3", "outer a.c:9"], location.Lines.ToArray().Select(l => $"{profile.Function(l.Function).Name} {profile.Function(l.Function).File}:{l.Number}"));
        Assert.Equal(2, profile.Sample(0).Stack.Length);
    }

    [Fact]
    public void Without_call_chains_the_leaf_stands_behind_the_event() =>
        Assert.Equal(["98efa cfree in /lib/libc.so.6"], Stack(Read("sh 1 1.0: 10 cycles: 98efa cfree+0xa (/lib/libc.so.6)\nsh 1 1.0: 10 cycles: 98efa cfree+0xa (/lib/libc.so.6)\n"), 1));

    [Fact]
    public void A_fault_names_its_line() =>
        Assert.Equal(4, Assert.Throws<ProfileFormatException>(() => Read("sh 1 1.0: 10 cycles: \n\t1f a (/x)\n\nnot a sample\n")).Line);

    private static Profile Read(string text) => ProfileReader.Read(Encoding.UTF8.GetBytes(text));

    private static List<string> Labels(Profile profile, int sample)
    {
        var labels = new List<string>();
        foreach (Label label in profile.Sample(sample).Labels)
            labels.Add($"{profile.Strings[label.Key]}={(label.IsNumber ? label.Number : profile.Strings[label.Text])}");

        return labels;
    }

    private static List<string> Stack(Profile profile, int sample)
    {
        var frames = new List<string>();
        foreach (LocationId id in profile.Sample(sample).Stack)
        {
            Location location = profile.Locations[id];
            var text = new StringBuilder(location.Address.ToString("x", System.Globalization.CultureInfo.InvariantCulture));
            foreach (Line line in location.Lines)
                text.Append(' ').Append(profile.Function(line.Function).Name);

            if (!location.Mapping.IsNone)
                text.Append(" in ").Append(profile.Mappings[location.Mapping].File);

            frames.Add(text.ToString());
        }

        return frames;
    }
}
