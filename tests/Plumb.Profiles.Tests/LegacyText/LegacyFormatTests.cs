using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumb.Profiles.Tests.LegacyText;

/// <summary>The formats of gperftools and of Java agents. The figures of whole files are what these readers gave when their samples were held against the reference's.</summary>
public sealed class LegacyFormatTests
{
    [Theory]
    [InlineData("cppbench.contention", 6, 40, 12, "contentions/count=3500 delay/nanoseconds=690508213")]
    [InlineData("cppbench.cpu", 52, 109, 12, "samples/count=712 cpu/nanoseconds=7120000000")]
    [InlineData("cppbench.growth", 85, 60, 12, "objects/count=85 space/bytes=178257920")]
    [InlineData("cppbench.heap", 31, 157, 12, "objects/count=41063 space/bytes=80935293")]
    [InlineData("cppbench.thread", 3, 12, 12, "thread/count=4")]
    [InlineData("cppbench.thread.all", 3, 7, 12, "thread/count=4")]
    [InlineData("cppbench.thread.none", 4, 28, 12, "thread/count=4")]
    [InlineData("go.crc32.cpu", 69, 11, 1, "samples/count=211 cpu/nanoseconds=2110000000")]
    [InlineData("go.godoc.thread", 7, 23, 1, "threadcreate/count=7")]
    [InlineData("gobench.heap", 15, 100, 1, "alloc_objects/count=83134 alloc_space/bytes=350314738 inuse_objects/count=11445 inuse_space/bytes=7721316")]
    [InlineData("java.contention", 4, 32, 0, "contentions/count=700 delay/microseconds=1900")]
    [InlineData("java.cpu", 8, 64, 0, "samples/count=7 cpu/nanoseconds=70000000")]
    [InlineData("java.heap", 7, 119, 0, "inuse_objects/count=67347 inuse_space/bytes=9968703")]
    public void A_file_has_the_samples_places_and_totals_of_the_reference(string file, int samples, int locations, int mappings, string totals)
    {
        Profile profile = ProfileReader.Read(TestData.Profile(file));

        Assert.Equal((samples, locations, mappings, totals), (profile.Samples.Count, profile.Locations.Count, profile.Mappings.Count, Totals(profile)));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(4, true)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    public void Binary_cpu_profiles_are_read_in_both_widths_and_byte_orders(int bytes, bool isBigEndian)
    {
        byte[] input = [.. Words(bytes, isBigEndian, 0, 3, 0, 10_000, 0, 7, 3, 0x400100, 0x400205, 0x400309, 1, 3, 0x400100, 0x400405, 0x400309, 0, 1, 0), .. "400000-500000: /bin/shop\n"u8];

        Profile profile = ProfileReader.Read(input);

        Assert.Equal(10_000_000, profile.Header.Period);
        Assert.Equal("7 70000000: 400100 400204 400308\n1 10000000: 400100 400404 400308", Samples(profile));
        Assert.Equal("/bin/shop", profile.Mappings[new MappingId(0)].File);
    }

    [Fact]
    public void A_binary_cpu_profile_may_stop_without_its_end_mark() =>
        Assert.Equal("2 2000: 10", Samples(ProfileReader.Read(Words(8, false, 0, 3, 0, 1, 0, 2, 1, 0x10))));

    [Fact]
    public void A_second_frame_that_all_stacks_share_is_the_signal_handler()
    {
        Profile profile = ProfileReader.Read(Words(8, false, 0, 3, 0, 1, 0, 1, 3, 0x10, 0x91, 0x21, 1, 3, 0x11, 0x91, 0x31, 0, 1, 0));

        Assert.Equal("1 1000: 10 20\n1 1000: 11 30", Samples(profile));
    }

    [Fact]
    public void A_leaf_that_is_on_the_stack_twice_is_one_frame()
    {
        // The handler stored 0x10 from the signal's context and 0x10 from unwinding; the latter was moved back onto its call.
        Profile profile = ProfileReader.Read(Words(8, false, 0, 3, 0, 1, 0, 1, 3, 0x10, 0x10, 0x21, 1, 2, 0x77, 0x31, 0, 1, 0));

        Assert.Equal("1 1000: 10 20\n1 1000: 77 30", Samples(profile));
    }

    [Fact]
    public void A_claimed_depth_allocates_nothing()
    {
        byte[] input = Words(8, false, 0, 3, 0, 1, 0, 1, 1UL << 40);

        var fault = Assert.Throws<ProfileFormatException>(() => ProfileReader.Read(input));

        Assert.Contains("1099511627776", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ProfileFormatException>(() => ProfileReader.Read(Words(8, false, 0, 3, 0, 1, 0, 1, 90_000, 5)));
    }

    [Fact]
    public void Sampled_heap_values_are_scaled_up_by_the_chance_of_being_sampled()
    {
        Profile profile = Read("heap profile: 1: 9216 [1: 9216] @ heapz_v2/524288\n 1: 9216 [1: 9216] @ 0x10 0x20\n");

        // 1 / (1 - exp(-9216/524288)) = 57.39
        Assert.Equal("57 528909: f 1f", Samples(profile));
        Label label = Assert.Single(profile.Sample(0).Labels.ToArray());
        Assert.Equal(("bytes", 9216L), (profile.Strings[label.Key], label.Number));
    }

    [Theory]
    [InlineData("heap_v2/524288", 57)]
    [InlineData("heap/1048576", 57)]
    [InlineData("heap_v2/1", 1)]
    [InlineData("heapprofile", 1)]
    [InlineData("growthz", 1)]
    [InlineData("growth", 1)]
    [InlineData("fragmentationz", 1)]
    public void Each_kind_of_heap_profile_samples_its_own_way(string kind, long objects) =>
        Assert.Equal(objects, Read($"heap profile: 1: 9216 [1: 9216] @ {kind}\n1: 9216 [1: 9216] @ 0x10\n").Sample(0).Values[0]);

    [Fact]
    public void Allocations_are_told_from_what_is_in_use_when_the_file_has_both()
    {
        Profile profile = Read("heap profile: 1: 16 [3: 48] @ heapprofile\n1: 16 [3: 48] @ 0x10\n");

        Assert.Equal(["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"], profile.SampleTypes.Select(t => t.Type));
        Assert.Equal("3 48 1 16: f", Samples(profile));
    }

    [Fact]
    public void Bytes_in_no_object_are_a_fault()
    {
        var fault = Assert.Throws<ProfileFormatException>(() => Read("heap profile: 1: 16 [3: 48] @ heapprofile\n0: 16 [3: 48] @ 0x10\n"));

        Assert.Equal(2, fault.Line);
    }

    [Fact]
    public void Waits_for_locks_are_scaled_from_cycles_and_samples()
    {
        Profile profile = Read("--- contentionz 1 ---\ncycles/second = 2000000000\nsampling period = 100\nms since reset = 5\ndiscarded samples = 0\n  3000 27 @ 0x11 0x21\n");

        Assert.Equal("2700 150000: 10 20", Samples(profile));
        Assert.Equal(100, profile.Header.Period);
        Assert.Equal(5_000_000, profile.Header.DurationNanos);
    }

    [Fact]
    public void Threads_count_once_and_repeated_ones_again()
    {
        Profile profile = Read("""
            --- threadz 1 ---

            --- Thread 7f794ab90940 (name: main/14748) stack: ---
              PC:  0x00bc8f1c: helper(arg *)
              0x0040be31: main
            --- Thread 7f794ab90941 (name: a/14749) stack: ---
              [same as previous thread]
            --- Thread 7f794ab90942 (name: b/14750) stack: ---
              PC: 0x10 0x21
                  0x31
            ---- no stack trace for thread c
            """);

        Assert.Equal("2: bc8f1c 40be30\n1: 10 20 30", Samples(profile));
    }

    [Fact]
    public void Java_names_its_code_behind_the_samples()
    {
        Profile profile = Read("""
            --- contentionz 1 ---
            format = java
            resolution = microseconds
            sampling period = 10
            ms since reset = 7
                14 2 @ 0x3 0x4 0x5 0x6 0x7

             0x3 com.example.Cart.add (Cart.java:37)
             0x4 com.example.Cart.peek (Cart.java:-2)
             0x5 memcpy (/lib/x86/libc.so.6)
             0x6 (generated stub/JIT)
             0x7 GC
             0x8 never.sampled (X.java:1)
            """);

        Assert.Equal("20 140: 0 0 0 0 0", Samples(profile));
        Assert.Equal(["com.example.Cart.add Cart.java:37", "com.example.Cart.peek Cart.java:0", "memcpy libc.so.6:0", "STUB :0", "GC :0"], Symbols(profile));
        Assert.Equal("microseconds", profile.SampleTypes[1].Unit);
    }

    [Fact]
    public void A_java_heap_puts_bytes_first_and_is_sampled_every_512_KiB()
    {
        Profile profile = Read("--- heapz 1 ---\nformat = java\nresolution = bytes\n 7048 1 @ 0x3\n\n 0x3 a.B.c (B.java:1)\n");

        Assert.Equal("74 527819: 0", Samples(profile));
    }

    [Theory]
    [InlineData("00400000-00fcb000 r-xp 00001000 fd:01 123 /bin/shop", "400000-fcb000+1000 /bin/shop ")]
    [InlineData("00401000-00fcb000 r-xp 00001000 fd:01 123 /bin/shop", "400000-fcb000+0 /bin/shop ")]
    [InlineData("7f00000-7f10000 r-xp 00001000 fd:01 123   /lib/libc.so.6", "7f00000-7f10000+1000 /lib/libc.so.6 ")]
    [InlineData("40000-80000: /bin/shop (@ff00) abc123", "40000-80000+ff00 /bin/shop abc123")]
    [InlineData("  40000-80000: /bin/shop", "40000-80000+0 /bin/shop ")]
    [InlineData("0x40000 0x80000 /bin/shop", "40000-80000+0 /bin/shop ")]
    [InlineData("I1121 10:17:24.000000 1 main.cc:12] 40000-80000: /bin/shop", "40000-80000+0 /bin/shop ")]
    [InlineData("build=/home/shop\n40000-80000: $build/bin/shop", "40000-80000+0 /home/shop/bin/shop ")]
    [InlineData("40000-80000 rw-p 0 fd:01 123 /data", "")]
    [InlineData("nothing of the kind", "")]
    [InlineData("40000-80000: /bin/shop\n80000-90000: /bin/shop", "40000-90000+0 /bin/shop ")]
    [InlineData("40000-80000: /lib/libc-2.15.so\n90000-a0000: [vdso]\nb0000-c0000: /bin/shop", "b0000-c0000+0 /bin/shop |90000-a0000+0 [vdso] |40000-80000+0 /lib/libc-2.15.so ")]
    [InlineData("40000-80000: /anon_hugepage\n80000-a0000: /bin/shop", "80000-a0000+0 /bin/shop ")]
    public void Mappings_are_read_in_every_form_they_were_written_in(string maps, string expected)
    {
        Profile profile = Read("heap profile: 0: 0 [0: 0] @ heapprofile\n--- Memory map: ---\n" + maps);

        Assert.Equal(expected, string.Join('|', profile.Mappings.Rows.ToArray().Select(Text)));
    }

    [Fact]
    public void An_address_belongs_to_the_first_mapping_that_holds_it()
    {
        Profile profile = Read("""
            heap profile: 1: 1 [1: 1] @ heapprofile
            1: 1 [1: 1] @ 0x400101 0x7f0101 0x7f8001 0x7ef001 0x999001
            --- Memory map: ---
            400000-500000: /bin/shop
            7f0000-7f8000: /lib/liba.so (@2000)
            7f0000-7f9000: /lib/libb.so
            """);

        Assert.Equal([0, 1, 2, 1, 3], MappingRows(profile));
        // The writer left the first pages of the library out: its offset says that they are there.
        Assert.Equal("7ee000-7f8000+0 /lib/liba.so ", Text(profile.Mappings[new MappingId(1)]));
        Assert.Equal("0-ffffffffffffffff+0  ", Text(profile.Mappings[new MappingId(3)]));
    }

    [Theory]
    [InlineData("cppbench.heap", "tcmalloc::ThreadCache::Allocate", true)]
    [InlineData("cppbench.heap", "operator new[]", true)]
    [InlineData("cppbench.heap", "tc_new_nothrow", true)]
    [InlineData("cppbench.heap", "__posix_memalign", true)]
    [InlineData("cppbench.heap", "runtime.mallocgc", true)]
    [InlineData("cppbench.heap", "mallocate", false)]
    [InlineData("gobench.heap", "runtime.makeslice", true)]
    [InlineData("java.heap", "malloc", true)]
    [InlineData("cppbench.contention", "base::SubmitMutexProfileData(int)", true)]
    [InlineData("cppbench.contention", "MutexLock::~MutexLock", true)]
    [InlineData("cppbench.contention", "malloc", false)]
    [InlineData("cppbench.cpu", "ProfileData::prof_handler", true)]
    [InlineData("go.godoc.thread", "__restore", true)]
    public void Frames_of_the_collector_are_to_be_dropped(string file, string function, bool isDropped)
    {
        ProfileHeader header = ProfileReader.Read(TestData.Profile(file)).Header;

        Assert.Equal(isDropped, Regex.IsMatch(function, $"^({header.DropFrames})$"));
    }

    [Fact]
    public void Runtime_functions_that_call_the_program_are_kept()
    {
        ProfileHeader header = ProfileReader.Read(TestData.Profile("gobench.heap")).Header;

        Assert.Matches($"^({header.KeepFrames})$", "runtime.call32");
        Assert.DoesNotMatch($"^({header.KeepFrames})$", "runtime.mallocgc");
    }

    [Theory]
    [InlineData("heap profile: 1: 1 [1: 1] @ heapprofile\nx\n", 2)]
    [InlineData("heap profile: 1: 1 [1: 1] @ heapprofile\n1: 1 [1: 1] @ 0x11111111111111111\n", 2)]
    [InlineData("goroutine profile: total 1\n1 2 3\n", 2)]
    [InlineData("--- contentionz 1 ---\nunknown = 1\n", 2)]
    [InlineData("--- contention:\ncycles/second=1\n1 @ 0x1\n", 3)]
    [InlineData("--- threadz 1 ---\n--- Thing ---\n", 2)]
    [InlineData("--- heapz 1 ---\nformat = java\nresolution = bytes\n 1 0 @ 0x1\n", 4)]
    public void A_fault_names_its_line(string text, long line) =>
        Assert.Equal(line, Assert.Throws<ProfileFormatException>(() => Read(text)).Line);

    [Theory]
    [InlineData("")]
    [InlineData("<!doctype html>\n<html></html>\n")]
    [InlineData("{\"error\": \"not found\"}")]
    public void What_is_no_profile_is_refused(string text) => Assert.Throws<ProfileFormatException>(() => Read(text));

    private static Profile Read(string text) => ProfileReader.Read(Encoding.UTF8.GetBytes(text));

    private static byte[] Words(int bytes, bool isBigEndian, params ulong[] words)
    {
        var target = new byte[words.Length * bytes];
        for (int i = 0; i < words.Length; i++)
        {
            var word = new byte[8].AsSpan();
            BinaryPrimitives.WriteUInt64LittleEndian(word, words[i]);
            word = word[..bytes];
            if (isBigEndian)
                word.Reverse();

            word.CopyTo(target.AsSpan(i * bytes));
        }

        return target;
    }

    private static string Samples(Profile profile)
    {
        var lines = new List<string>();
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            IEnumerable<string> addresses = sample.Stack.ToArray().Select(id => profile.Locations[id].Address.ToString("x", CultureInfo.InvariantCulture));
            lines.Add($"{string.Join(' ', sample.Values.ToArray())}: {string.Join(' ', addresses)}");
        }

        return string.Join('\n', lines);
    }

    private static List<string> Symbols(Profile profile)
    {
        var symbols = new List<string>();
        foreach (LocationId id in profile.Sample(0).Stack)
        {
            Line line = profile.Locations[id].Lines[0];
            Function function = profile.Function(line.Function);
            symbols.Add($"{function.Name} {function.File}:{line.Number}");
        }

        return symbols;
    }

    private static int[] MappingRows(Profile profile) =>
        [.. profile.Sample(0).Stack.ToArray().Select(id => profile.Locations[id].Mapping.Index)];

    private static string Text(Mapping m) => string.Create(CultureInfo.InvariantCulture, $"{m.Start:x}-{m.Limit:x}+{m.Offset:x} {m.File} {m.BuildId}");

    private static string Totals(Profile profile)
    {
        var totals = new long[profile.SampleTypes.Length];
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            for (int column = 0; column < totals.Length; column++)
                totals[column] += profile.Sample(i).Values[column];
        }

        return string.Join(' ', profile.SampleTypes.Select((type, column) => $"{type}={totals[column]}"));
    }
}
