using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Tests.Diagnoses;

namespace Plumb.Leaks.Tests.Suspects.Blame;

/// <summary>Which function is named when the nearest one is not to blame: each rule by a whole series.</summary>
public sealed class BlameTests
{
    private const string Reading = "runtime.gopark < runtime.netpollblock";
    private const string Sending = "runtime.gopark < runtime.chansend < runtime.chansend1";

    private static Finding Only(SeriesFixture series) => Assert.Single(LeakFinder.Find(series.Metric(MetricNames.Requests, i => 1000 + 20 * i).Build()).Findings);

    private static string Dump(int number, string state, string frames, string creator, int firstId = 100) => string.Concat(Enumerable.Range(0, number)
        .Select(i => $"goroutine {firstId + i} [{state}]:\n{frames}created by {creator}\n\t/src/broker.go:9 +0x1\n\n"));

    private static SeriesFixture WithDumps(SeriesFixture series, Func<int, string> text) => series.Dump(0, text(0)).Dump(6, text(6)).Dump(11, text(11));

    [Theory]
    [InlineData("main.newSession")]
    [InlineData("main.(*store).makeEntry")]
    [InlineData("main.readAll")]
    [InlineData("main.decodeOrder")]
    public void What_a_function_makes_and_returns_is_kept_by_its_caller(string producer)
    {
        var finding = Only(new SeriesFixture(12).Heap($"{producer}:3 < main.remember:8 < main.serve:9", 4096, i => 100 + 40 * i));

        Assert.Equal("main.remember", finding.Function);
    }

    [Theory]
    [InlineData("main.newest")]
    [InlineData("main.(*cache).load")]
    [InlineData("main.reader")]
    public void A_function_that_only_sounds_like_it_or_has_a_receiver_to_keep_it_in_is_named_itself(string own)
    {
        var finding = Only(new SeriesFixture(12).Heap($"{own}:3 < main.remember:8 < main.serve:9", 4096, i => 100 + 40 * i));

        Assert.Equal(own, finding.Function);
    }

    [Fact]
    public void Of_the_callers_of_a_shared_helper_the_one_that_gains_is_named()
    {
        var finding = Only(new SeriesFixture(12)
            .Heap("main.copied:3 < main.remember:8 < main.serve:9", 4096, i => 100 + 40 * i)
            .Heap("main.copied:3 < main.answer:8 < main.serve:9", 4096, _ => 400));

        Assert.Equal("main.remember", finding.Function);
    }

    [Fact]
    public void A_helper_whose_callers_all_gain_is_named_itself()
    {
        var finding = Only(new SeriesFixture(12)
            .Heap("main.copied:3 < main.remember:8 < main.serve:9", 4096, i => 100 + 40 * i)
            .Heap("main.copied:3 < main.answer:8 < main.serve:9", 4096, i => 100 + 40 * i));

        Assert.Equal("main.copied", finding.Function);
    }

    [Fact]
    public void A_plain_function_that_sends_was_handed_its_channel_by_whoever_started_it()
    {
        var series = WithDumps(
            new SeriesFixture(12).Goroutines($"{Sending} < main.fetch:16", i => 3 + 20 * i),
            i => Dump(3 + 20 * i, "chan send", "main.fetch(0x1)\n\t/src/broker.go:16 +0x1\n", "main.firstOf"));

        var finding = Only(series);

        Assert.Equal("main.firstOf", finding.Function);
        Assert.Contains(finding.OtherEnds, f => f.Function == "main.fetch");
    }

    [Fact]
    public void A_closure_that_calls_a_plain_sender_is_the_one_that_has_the_channel()
    {
        Assert.Equal("main.firstOf", Only(new SeriesFixture(12).Goroutines($"{Sending} < main.put:16 < main.firstOf.func1:5", i => 3 + 20 * i)).Function);
    }

    [Fact]
    public void A_method_may_send_on_a_channel_of_its_receiver_and_keeps_the_blame()
    {
        Assert.Equal("main.(*bus).put", Only(new SeriesFixture(12).Goroutines($"{Sending} < main.(*bus).put:16 < main.firstOf.func1:5", i => 3 + 20 * i)).Function);
    }

    [Fact]
    public void A_method_of_a_value_that_a_closure_calls_was_handed_its_channel()
    {
        Assert.Equal("main.collect", Only(new SeriesFixture(12).Goroutines($"{Sending} < main.shard.scan:16 < main.collect.func1:5", i => 3 + 20 * i)).Function);
    }

    [Theory]
    [InlineData("main.Each[...]", "main.session")]
    [InlineData("main.(*Stream).pump", "main.OpenStream")]
    [InlineData("main.(*Bucket).fill", "main.newBucket")]
    public void A_generic_worker_or_the_loop_of_an_object_is_right_to_wait_and_who_started_it_is_named(string loop, string creator)
    {
        var series = WithDumps(
            new SeriesFixture(12).Goroutines($"runtime.gopark < runtime.chanrecv < runtime.chanrecv2 < {loop}:16", i => 3 + 20 * i),
            i => Dump(3 + 20 * i, "chan receive", loop + "(0x1)\n\t/src/broker.go:16 +0x1\n", creator));

        var finding = Only(series);

        Assert.Equal(creator, finding.Function);
        Assert.NotEmpty(finding.OtherEnds);
    }

    [Fact]
    public void What_only_waits_sends_the_blame_to_its_only_caller()
    {
        var finding = Only(new SeriesFixture(12).Goroutines($"{Sending} < main.limiter.acquire:16 < main.(*fetcher).fetch:5", i => 3 + 20 * i));

        Assert.Equal("main.(*fetcher).fetch", finding.Function);
    }

    [Fact]
    public void What_several_wait_in_is_named_itself()
    {
        var finding = Only(new SeriesFixture(12)
            .Goroutines($"{Sending} < main.limiter.acquire:16 < main.(*fetcher).fetch:5", i => 3 + 20 * i)
            .Goroutines($"{Sending} < main.limiter.acquire:16 < main.(*poster).post:5", i => 3 + 20 * i));

        Assert.Equal("main.limiter.acquire", finding.Function);
    }

    [Fact]
    public void With_both_ends_of_connections_in_one_process_the_one_that_dialled_is_named()
    {
        var series = WithDumps(
            new SeriesFixture(12)
                .Goroutines($"{Reading} < main.(*relay).answer:16", i => 3 + 20 * i)
                .Goroutines($"{Reading} < main.(*client).greet:26", i => 3 + 20 * i)
                .Goroutines("runtime.gopark < runtime.netpollblock < internal/poll.runtime_pollWait < net.(*TCPListener).Accept < main.(*relay).serve:11", _ => 1)
                .Metric(MetricNames.Sockets, i => 10 + 40 * i),
            i => Dump(3 + 20 * i, "IO wait", "main.(*relay).answer(0x1)\n\t/src/broker.go:16 +0x1\n", "main.(*relay).serve")
                + Dump(3 + 20 * i, "IO wait", "main.(*client).greet(0x1)\n\t/src/broker.go:26 +0x1\n", "main.(*client).open", firstId: 10_000));

        Assert.Equal("main.(*client).open", Only(series).Function);
    }

    [Fact]
    public void Descriptors_without_a_stack_go_to_the_function_that_keeps_most_of_what_reads_them()
    {
        var series = new SeriesFixture(12) { Interval = 5 }
            .Heap("bufio.NewReaderSize < bufio.NewReader < main.(*album).measure:8", 4096, i => i % 2 + 1)
            .Heap("encoding/json.(*Encoder).Encode < main.answer:7", 4096, _ => 2)
            .Metric(MetricNames.Descriptors, i => 20 + 20 * i)
            .Metric("fds.file", i => 10 + 20 * i);

        Assert.Equal("main.(*album).measure", Only(series).Function);
    }

    [Fact]
    public void A_finding_without_a_function_of_the_application_is_not_said_to_be_sure()
    {
        var finding = Only(new SeriesFixture(12).Metric(MetricNames.Descriptors, i => 20 + 20 * i).Metric("fds.file", i => 10 + 20 * i));

        Assert.Equal("(unknown)", finding.Function);
        Assert.Equal(LeakVerdict.Leak, finding.Verdict);
        Assert.InRange(finding.Confidence, 0.3, 0.6);
        Assert.True(finding.GrowthConfidence > 0.9);
    }

    [Fact]
    public void Who_waits_for_a_group_is_held_up_by_those_who_wait_for_a_lock()
    {
        var finding = Only(new SeriesFixture(12)
            .Goroutines("runtime.gopark < sync.runtime_Semacquire < sync.(*WaitGroup).Wait < main.(*store).flush:9", i => 3 + 40 * i)
            .Goroutines("runtime.gopark < sync.runtime_SemacquireMutex < sync.(*Mutex).lockSlow < main.(*store).put:16", i => 3 + 40 * i));

        Assert.Equal("main.(*store).put", finding.Function);
        Assert.Equal("mutex-never-unlocked", finding.Pattern);
        Assert.Contains(finding.OtherEnds, f => f.Function == "main.(*store).flush");
    }

    [Fact]
    public void Sockets_that_rise_with_requests_that_nobody_counted_are_no_leak()
    {
        var series = new SeriesFixture(12)
            .Goroutines("runtime.gopark < time.Sleep < main.handle:16 < net/http.(*conn).serve", i => 3 + 20 * i)
            .Metric(MetricNames.Descriptors, i => 20 + 20 * i)
            .Metric(MetricNames.Sockets, i => 10 + 20 * i);

        Assert.DoesNotContain(LeakFinder.Find(series.Build()).Findings, f => f.Verdict == LeakVerdict.Leak);
    }

    [Theory]
    [InlineData("main.peek", "main.peek")]
    [InlineData("example.com/shop/feed.Begin", "main.load")]
    public void Who_waits_in_a_pipe_sends_the_blame_to_whoever_started_it_or_alone_uses_it(string creator, string blamed)
    {
        var series = WithDumps(
            new SeriesFixture(12)
                .Goroutines("runtime.gopark < runtime.selectgo < io.(*pipe).read:57 < io.(*PipeReader).Read:136 < main.consume:16", i => 3 + 20 * i)
                .Heap("io.Pipe < example.com/shop/feed.Begin:20 < main.load:8", 200, _ => 1),
            i => Dump(3 + 20 * i, "select", "io.(*pipe).read(0x1)\n\t/usr/lib/go-1.19/src/io/pipe.go:57 +0x1\nio.(*PipeReader).Read(0x1)\n\t/usr/lib/go-1.19/src/io/pipe.go:136 +0x1\nmain.consume(0x1)\n\t/src/broker.go:16 +0x1\n", creator));

        Assert.Equal(blamed, Only(series).Function);
    }

    [Theory]
    [InlineData("example.com/shop/memory.driver.Open:23 < database/sql.dsnConnector.Connect < database/sql.(*DB).conn < database/sql.(*DB).query < main.(*store).oldest:9", "main.(*store).oldest")]
    [InlineData("main.init.func1:16 < sync.(*Pool).Get < main.render:21", "main.render")]
    [InlineData("main.init.func1:16 < sync.(*Pool).Get < example.com/shop/buffers.(*Pool).Get:21 < main.(*page).render:13", "main.(*page).render")]
    public void What_a_library_has_the_application_make_is_kept_by_whoever_asked_for_it(string stack, string blamed)
    {
        Assert.Equal(blamed, Only(new SeriesFixture(12).Heap(stack, 4096, i => 100 + 40 * i)).Function);
    }

    [Fact]
    public void What_a_plain_function_reads_whole_is_kept_by_the_method_that_called_it()
    {
        Assert.Equal("main.(*catalog).register", Only(new SeriesFixture(12).Heap("io.ReadAll < main.slurp:3 < main.(*catalog).register:8", 4096, i => 100 + 40 * i)).Function);
    }

    [Fact]
    public void What_a_plain_function_makes_is_kept_by_whoever_puts_it_into_a_list_for_the_same_caller()
    {
        var finding = Only(new SeriesFixture(12)
            .Heap("main.draw:15 < main.serve:26", 4096, i => 100 + 40 * i)
            .Heap("container/list.(*List).insertValue < main.(*cache).add:37 < main.serve:27", 48, i => 10 + i));

        Assert.Equal("main.(*cache).add", finding.Function);
    }

    [Fact]
    public void Every_finding_says_how_its_function_was_found()
    {
        Assert.Contains("nearest", Only(new SeriesFixture(12).Goroutines($"{Sending} < main.(*bus).put:16", i => 3 + 20 * i)).FoundBy, StringComparison.Ordinal);
    }
}
