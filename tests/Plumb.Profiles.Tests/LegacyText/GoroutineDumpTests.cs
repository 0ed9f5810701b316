using System.IO.Compression;
using System.Text;
using Plumb.Profiles.LegacyText;

namespace Plumb.Profiles.Tests.LegacyText;

public sealed class GoroutineDumpTests
{
    [Fact]
    public void A_goroutine_has_its_state_its_stack_leaf_first_and_its_creator()
    {
        Goroutine goroutine = Single("""
            goroutine 34 [chan receive, 12 minutes]:
            main.(*server).wait(0xc000012345, {0xc00001, 0x3, 0x4}, ...)
            	/src/shop/main.go:16 +0x1e
            net/http.HandlerFunc.ServeHTTP(0x0?, {0x7?, 0x8})
            	/usr/lib/go/src/net/http/server.go:2220 +0x29
            created by net/http.(*Server).Serve in goroutine 7
            	/usr/lib/go/src/net/http/server.go:3285 +0x4b4
            """);

        Assert.Equal(34, goroutine.Id);
        Assert.Equal("chan receive", goroutine.State);
        Assert.Equal(12, goroutine.WaitMinutes);
        Assert.False(goroutine.IsLockedToThread);
        Assert.Equal(
            [
                new GoroutineFrame("main.(*server).wait", "/src/shop/main.go", 16, 0x1e, false),
                new GoroutineFrame("net/http.HandlerFunc.ServeHTTP", "/usr/lib/go/src/net/http/server.go", 2220, 0x29, false),
            ],
            goroutine.Stack.Frames.ToArray());
        Assert.Equal(new GoroutineFrame("net/http.(*Server).Serve", "/usr/lib/go/src/net/http/server.go", 3285, 0x4b4, false), goroutine.CreatedBy);
        Assert.Equal(7, goroutine.CreatorId);
    }

    [Theory]
    [InlineData("goroutine 1 [select (no cases)]:", "select (no cases)", 0, false, "")]
    [InlineData("goroutine 1 [chan receive (nil chan), 3 minutes]:", "chan receive (nil chan)", 3, false, "")]
    [InlineData("goroutine 1 [chan send (leaked)]:", "chan send (leaked)", 0, false, "")]
    [InlineData("goroutine 1 [IO wait (scan), 1440 minutes, locked to thread]:", "IO wait", 1440, true, "")]
    [InlineData("goroutine 1 [syscall, locked to thread]:", "syscall", 0, true, "")]
    [InlineData("goroutine 1 [chan receive (durable), 2 minutes, synctest bubble 9]:", "chan receive (durable)", 2, false, "synctest bubble 9")]
    [InlineData("goroutine 1 gp=0xc000002380 m=0 mp=0x1234 [GC assist wait]:", "GC assist wait", 0, false, "")]
    [InlineData("goroutine 1 [running, locked to thread] {\"a\": \"b\"}:", "running", 0, true, "")]
    [InlineData("goroutine 1 []:", "", 0, false, "")]
    public void The_brackets_hold_state_minutes_thread_lock_and_whatever_a_version_adds(string header, string state, long minutes, bool isLocked, string remark)
    {
        Goroutine goroutine = Single(header + "\nmain.main()\n\t/src/main.go:1 +0x1\n");

        Assert.Equal(state, goroutine.State);
        Assert.Equal(minutes, goroutine.WaitMinutes);
        Assert.Equal(isLocked, goroutine.IsLockedToThread);
        Assert.Equal(remark, goroutine.Remark);
    }

    [Fact]
    public void Only_the_collectors_mark_proves_a_leak()
    {
        Assert.True(Single("goroutine 1 [chan send (leaked)]:").IsProvenLeak);
        Assert.False(Single("goroutine 1 [chan send]:").IsProvenLeak);
    }

    [Fact]
    public void Labels_are_read_quoted_or_not()
    {
        Goroutine goroutine = Single("""goroutine 1 [select] {"route": "/a, \"b\"", user: 7, "u": "\u00e9\x0a"}:""");

        Assert.Equal([new("route", "/a, \"b\""), new("user", "7"), new("u", "é\n")], goroutine.Labels.ToArray());
    }

    [Fact]
    public void Inlined_calls_have_no_offset_and_are_marked()
    {
        Goroutine goroutine = Single("""
            goroutine 23 [chan send]:
            main.inlinedLeaf(...)
            	/src/shop/main.go:27
            main.main.func1()
            	/src/shop/main.go:43 +0x32
            """);

        Assert.Equal(new GoroutineFrame("main.inlinedLeaf", "/src/shop/main.go", 27, 0, true), goroutine.Stack.Frames[0]);
        Assert.False(goroutine.Stack.Frames[1].IsInlined);
    }

    [Theory]
    [InlineData("main.generic[...]({0x6900b8?, 0x0?}, 0x0?)", "main.generic[...]")]
    [InlineData("main.(*cache[...]).get(0x1)", "main.(*cache[...]).get")]
    [InlineData("main.main.func6.1()", "main.main.func6.1")]
    [InlineData("gopkg.in/yaml%2ev3.(*Decoder).Decode(...)", "gopkg.in/yaml%2ev3.(*Decoder).Decode")]
    [InlineData("main.main.(*T).Close-fm()", "main.main.(*T).Close-fm")]
    [InlineData("panic({0x6482c0, 0x705780})", "panic")]
    [InlineData("non-Go function", "non-Go function")]
    public void Arguments_are_cut_and_method_names_kept(string call, string function) =>
        Assert.Equal(function, Single($"goroutine 1 [running]:\n{call}\n\t/src/a.go:1 +0x1\n").Stack.Frames[0].Function);

    [Theory]
    [InlineData("/src/a.go:12 +0x1f", "/src/a.go", 12, 0x1f)]
    [InlineData("C:/my code/a.go:12 +0x1f fp=0xc00003cfb0 sp=0xc00003cf90 pc=0x43b156", "C:/my code/a.go", 12, 0x1f)]
    [InlineData("/src/a.c:7 pc=0x401000", "/src/a.c", 7, 0)]
    [InlineData("pc=0x401000", "", 0, 0)]
    [InlineData("_cgo_gotypes.go:64 +0x4d", "_cgo_gotypes.go", 64, 0x4d)]
    public void The_second_line_of_a_frame_is_file_line_and_offset(string place, string file, int line, long offset) =>
        Assert.Equal(new GoroutineFrame("f", file, line, offset, false), Single($"goroutine 1 [running]:\nf()\n\t{place}\n").Stack.Frames[0]);

    [Theory]
    [InlineData("...additional frames elided...")]
    [InlineData("...50 frames elided...")]
    public void A_stack_that_was_too_deep_says_so(string note)
    {
        Goroutine goroutine = Single($"goroutine 1 [running]:\na()\n\t/a.go:1 +0x1\n{note}\nb()\n\t/b.go:2 +0x1\ncreated by c\n\t/c.go:3 +0x1\n");

        Assert.True(goroutine.Stack.IsElided);
        Assert.Equal(["a", "b"], goroutine.Stack.Frames.Select(f => f.Function));
        Assert.Equal("c", goroutine.CreatedBy!.Function);
    }

    [Fact]
    public void A_goroutine_that_ran_elsewhere_has_no_stack_but_a_creator()
    {
        Goroutine goroutine = Single("goroutine 5 [running]:\n\tgoroutine running on other thread; stack unavailable\ncreated by main.main\n\t/a.go:4 +0x1\n");

        Assert.True(goroutine.Stack.IsUnavailable);
        Assert.Empty(goroutine.Stack.Frames);
        Assert.Equal("main.main", goroutine.CreatedBy!.Function);
        Assert.Null(goroutine.CreatorId);
    }

    [Fact]
    public void The_stacks_of_ancestors_are_not_part_of_the_goroutine()
    {
        Goroutine goroutine = Single("""
            goroutine 5 [select]:
            main.worker()
            	/a.go:4 +0x1
            created by main.start
            	/a.go:9 +0x1
            [originating from goroutine 1]:
            main.start(...)
            	/a.go:9 +0x2
            created by main.init
            	/a.go:2 +0x2
            """);

        Assert.Equal("main.worker", Assert.Single(goroutine.Stack.Frames).Function);
        Assert.Equal("main.start", goroutine.CreatedBy!.Function);
    }

    [Fact]
    public void Equal_stacks_are_one_object_whatever_the_arguments()
    {
        GoroutineDump dump = Parse("""
            goroutine 1 [select]:
            main.f(0x1)
            	/a.go:4 +0x1

            goroutine 2 [IO wait]:
            main.f(0x2)
            	/a.go:4 +0x1

            goroutine 3 [select]:
            main.f(0x2)
            	/a.go:5 +0x9
            """);

        Assert.Same(dump.Goroutines[0].Stack, dump.Goroutines[1].Stack);
        Assert.NotSame(dump.Goroutines[0].Stack, dump.Goroutines[2].Stack);
    }

    [Fact]
    public void A_crash_with_its_message_in_front_is_a_dump()
    {
        GoroutineDump dump = GoroutineDump.Parse(TestData.Profile("go1.19.crash.txt"));

        Assert.Equal(1, dump.Goroutines[0].Id);
        Assert.Equal(["panic", "main.main", "runtime.main", "runtime.goexit"], dump.Goroutines[0].Stack.Frames.Select(f => f.Function));
        Assert.Equal(0, dump.SkippedLines);
        Assert.True(dump.Goroutines.Length > 10);
        Assert.Equal("main.deep", dump.Goroutines.Single(g => g.Stack.IsElided).Stack.Frames[^1].Function);
    }

    [Fact]
    public void What_Go_serves_is_read_whole()
    {
        GoroutineDump dump = GoroutineDump.Parse(TestData.Profile("go1.19.goroutine2.txt"));

        Assert.Equal(0, dump.SkippedLines);
        Assert.False(dump.IsCut);
        Assert.Equal(13, dump.Goroutines.Length);
        Assert.Equal(3, dump.Goroutines.Count(g => g.Stack.Frames[0].Function == "main.(*server).wait" && g.CreatedBy!.Line == 40));
        Goroutine deep = dump.Goroutines.MaxBy(g => g.Stack.Frames.Length)!;
        Assert.Equal(98, deep.Stack.Frames.Length);
        Assert.Equal("select (no cases)", deep.State);
        Goroutine listening = dump.Goroutines.Single(g => g.State == "IO wait");
        Assert.Equal("internal/poll.runtime_pollWait", listening.Stack.Frames[0].Function);
        Assert.Equal("net/http.ListenAndServe", listening.Stack.Frames[^1].Function);
    }

    [Fact]
    public void A_compressed_dump_is_read_too()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(TestData.Profile("go1.19.goroutine2.txt"));

        Assert.Equal(13, GoroutineDump.Parse(target.ToArray()).Goroutines.Length);
    }

    [Fact]
    public void A_cut_dump_says_so_and_keeps_what_arrived()
    {
        GoroutineDump dump = Parse("goroutine 1 [select]:\nmain.f(0x1)\n\t/a.go:4 +0x1\n\ngoroutine 2 [select]:\nmain.f(0x");

        Assert.True(dump.IsCut);
        Assert.Equal(2, dump.Goroutines.Length);
    }

    [Fact]
    public void A_log_line_in_between_costs_no_frame()
    {
        GoroutineDump dump = Parse("goroutine 1 [select]:\nmain.f(0x1)\n\t/a.go:4 +0x1\n2026/11/21 hello\nmain.g(0x1)\n\t/a.go:5 +0x1\n");

        Assert.Equal(["main.f", "main.g"], dump.Goroutines[0].Stack.Frames.Select(f => f.Function));
        Assert.Equal(1, dump.SkippedLines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>502 Bad Gateway</html>\n")]
    [InlineData("goroutine profile: total 3\n1 @ 0x1\n")]
    [InlineData("goroutine 99999999999999999999 [select]:\n")]
    public void A_text_without_a_goroutine_is_refused(string text) =>
        Assert.Contains("goroutine N [state]:", Assert.Throws<ProfileFormatException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Limits_hold()
    {
        string text = "goroutine 1 [select]:\na()\n\t/a.go:4 +0x1\nb()\n\t/a.go:5 +0x1\n\ngoroutine 2 [select]:\n";

        Assert.Equal(4, Assert.Throws<ProfileFormatException>(() => Parse(text, ProfileLimits.Default with { MaxStackDepth = 1 })).Line - 1);
        Assert.Equal(7, Assert.Throws<ProfileFormatException>(() => Parse(text, ProfileLimits.Default with { MaxSamples = 1 })).Line);
        Assert.Throws<ProfileFormatException>(() => Parse(text, ProfileLimits.Default with { MaxLocations = 1 }));
    }

    [Fact]
    public void As_a_profile_it_counts_goroutines_by_stack_and_labels()
    {
        Profile profile = Parse("""
            goroutine 1 [select, 3 minutes]:
            main.leaf(...)
            	/a.go:4
            main.f(0x1)
            	/a.go:9 +0x1
            created by main.main
            	/a.go:20 +0x1

            goroutine 2 [select, 3 minutes]:
            main.leaf(...)
            	/a.go:4
            main.f(0x2)
            	/a.go:9 +0x1
            created by main.main
            	/a.go:20 +0x1

            goroutine 3 [IO wait, locked to thread]:
            main.f(0x2)
            	/a.go:9 +0x1
            """).ToProfile();

        Assert.Equal("""
            types goroutine/count default 
            time 0 duration 0 period 1 goroutine/count
            drop  keep  doc 
            function main.leaf main.leaf /a.go 0
            function main.f main.f /a.go 0
            sample 2 [created_by=main.main0 ; state=select0 ; wait=3 minutes]
              0 m-1 False main.leaf:4:0 main.f:9:0
            sample 1 [locked_to_thread=true0 ; state=IO wait0 ]
              0 m-1 False main.f:9:0

            """, ProfileDump.Text(profile));
    }

    [Fact]
    public void Twenty_thousand_goroutines_are_read_in_little_memory()
    {
        byte[] dump = LargeDump(20_000, 20);
        Parse("goroutine 1 [select]:\n");
        long before = GC.GetAllocatedBytesForCurrentThread();

        GoroutineDump parsed = GoroutineDump.Parse(dump);

        Assert.Equal(20_000, parsed.Goroutines.Length);
        Assert.Equal(20, parsed.Goroutines[^1].Stack.Frames.Length);
        // 3 MB in practice, of 44 MB of text.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    private static byte[] LargeDump(int goroutines, int depth)
    {
        var text = new StringBuilder();
        for (int i = 1; i <= goroutines; i++)
        {
            text.Append("goroutine ").Append(i).Append(" [select, ").Append(i % 60).Append(" minutes]:\n");
            for (int frame = 0; frame < depth; frame++)
                text.Append("net/http.(*persistConn).readLoop").Append((frame + i) % 97).Append("(0xc").Append(i).Append(", 0x1)\n\t/usr/local/go/src/net/http/transport.go:").Append(2000 + frame).Append(" +0xc85\n");

            text.Append("created by net/http.(*Transport).dialConn in goroutine ").Append(i / 2).Append("\n\t/usr/local/go/src/net/http/transport.go:1776 +0x169\n\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Goroutine Single(string text) => Assert.Single(Parse(text).Goroutines);

    private static GoroutineDump Parse(string text, ProfileLimits? limits = null) => GoroutineDump.Parse(Encoding.UTF8.GetBytes(text), limits);
}
