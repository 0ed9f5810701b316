using Plumb.Profiles;
using Plumb.Runtime.NetTrace;

namespace Plumb.Runtime.Tests.NetTrace;

public sealed class NetTraceReaderTests
{
    private const string Provider = "Shop";

    [Fact]
    public void An_event_has_its_kind_thread_time_stack_and_payload()
    {
        byte[] trace = new TraceBytes().Kind(7, Provider, 80).Stacks(5, [0x10, 0x20], [0x30])
            .Block(TraceBytes.Event(7, 321, 5, 1000, [1, 2, 3]), TraceBytes.Again(50, [4, 5, 6])).End();

        Assert.Equal(["Shop/80 v2 thread 321 at 1000: 10 20 / 010203", "Shop/80 v2 thread 321 at 1050: 10 20 / 040506"], Read(trace));
    }

    [Fact]
    public void Stacks_are_forgotten_at_a_sequence_point_and_their_numbers_used_again()
    {
        byte[] one = TraceBytes.Event(7, 1, 1, 1, []);
        byte[] two = TraceBytes.Event(7, 1, 2, 1, []);
        byte[] trace = new TraceBytes().Kind(7, Provider, 1).Stacks(1, [0x10], [0x20]).Block(one)
            .SequencePoint().Stacks(1, [0x30]).Block(one, two).End();

        Assert.Equal(["Shop/1 v2 thread 1 at 1: 10 / ", "Shop/1 v2 thread 1 at 1: 30 / ", "Shop/1 v2 thread 1 at 2:  / "], Read(trace));
    }

    [Fact]
    public void A_process_of_32_bits_has_shorter_addresses()
    {
        byte[] trace = new TraceBytes(pointerSize: 4).Kind(7, Provider, 1).Stacks(1, [0x20_0000_0010]).Block(TraceBytes.Event(7, 1, 1, 1, [])).End();

        Assert.Equal(["Shop/1 v2 thread 1 at 1: 10 20 / "], Read(trace));
    }

    [Fact]
    public void Blocks_of_a_later_kind_are_passed_over()
    {
        byte[] trace = new TraceBytes().Object("LabelBlock", 4, [1, 2, 3, 4, 5], isBlock: true).Kind(7, Provider, 1).Block(TraceBytes.Event(7, 1, 0, 1, [])).End();

        Assert.Single(Read(trace));
    }

    [Fact]
    public void A_version_that_asks_for_a_later_reader_is_refused()
    {
        byte[] trace = new TraceBytes().Object("EventBlock", 6, [], isBlock: true).End();

        Assert.Contains("version 4 of the format expected, 6 found", Refusal(trace), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_trace_is_refused_with_its_place()
    {
        Assert.Contains("at byte 0", Refusal("Nottrace, but long enough"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("ends after 0", Refusal([]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void A_block_that_claims_to_be_huge_is_refused_before_room_is_made(int size)
    {
        byte[] trace = [.. new TraceBytes().End()[..^1], 5, 5, 1, .. TraceBytes.Int32(2), .. TraceBytes.Int32(2), .. TraceBytes.Int32(10), .. "EventBlock"u8, 6, .. TraceBytes.Int32(size), .. new byte[64]];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("a block of at most", Refusal(trace), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Numbers_that_mean_nothing_are_refused()
    {
        Assert.Contains("of kind 9", Refusal(new TraceBytes().Block(TraceBytes.Event(9, 1, 0, 1, [])).End()), StringComparison.Ordinal);
        Assert.Contains("a stack (-8 bytes)", Refusal(new TraceBytes().Object("StackBlock", 2, [.. TraceBytes.Int32(1), .. TraceBytes.Int32(1), .. TraceBytes.Int32(-8)], isBlock: true).End()), StringComparison.Ordinal);
        Assert.Contains("a number of at most 10 bytes", Refusal(new TraceBytes().Block([1, .. Enumerable.Repeat((byte)0xFF, 12)]).End()), StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_beyond_the_limits_are_refused()
    {
        var limits = new NetTraceLimits { MaxEventKinds = 2, MaxStackAddresses = 3 };

        Assert.Contains("at most 2 kinds", Refusal(new TraceBytes().Kind(1, "a", 1).Kind(2, "a", 2).Kind(3, "a", 3).End(), limits), StringComparison.Ordinal);
        Assert.Contains("at most 3 stack addresses", Refusal(new TraceBytes().Stacks(1, [1, 2], [3, 4]).End(), limits), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_that_is_cut_is_refused_wherever_it_is_cut()
    {
        byte[] trace = Sample();
        for (int length = 0; length < trace.Length; length++)
            Assert.NotEmpty(Refusal(trace[..length]));
    }

    [Fact]
    public void A_damaged_trace_is_read_or_refused_and_never_anything_else()
    {
        byte[] whole = Sample();
        var random = new Random(11);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Read(bytes);
            }
            catch (ProfileFormatException)
            {
            }
        }
    }

    private static byte[] Sample() => new TraceBytes().Kind(7, Provider, 80).Stacks(5, [0x10, 0x20], [0x30])
        .Block(TraceBytes.Event(7, 321, 5, 1000, [1, 2, 3]), TraceBytes.Again(50, [4, 5, 6])).SequencePoint().End();

    private static List<string> Read(byte[] trace, NetTraceLimits? limits = null)
    {
        var written = new Written();
        NetTraceReader.Read(new MemoryStream(trace), written, limits);
        return written.Events;
    }

    private static string Refusal(byte[] trace, NetTraceLimits? limits = null) =>
        Assert.Throws<ProfileFormatException>(() => Read(trace, limits)).Message;

    private sealed class Written : ITraceSink
    {
        public List<string> Events { get; } = [];

        public void Add(in TraceEvent traced)
        {
            var stack = new List<string>();
            foreach (ulong address in traced.Stack)
                stack.Add($"{address:x}");
            Events.Add($"{traced.Kind.Provider}/{traced.Kind.Id} v{traced.Kind.Version} thread {traced.ThreadId} at {traced.Timestamp}: {string.Join(' ', stack)} / {Convert.ToHexString(traced.Payload)}");
        }
    }
}
