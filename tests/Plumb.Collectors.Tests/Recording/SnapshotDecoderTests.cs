using System.Text;
using Plumb.Collectors.Recording;
using Plumb.Leaks.Snapshots;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;

namespace Plumb.Collectors.Tests.Recording;

public sealed class SnapshotDecoderTests
{
    private static readonly Capture s_capture = new()
    {
        Sequence = 3,
        At = new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero),
        Heap = Encode("main;load 1000\nmain;store 24\n", new SampleType("inuse_space", "bytes")),
        Goroutine = Encode("main;serve 7\n", SampleType.Goroutine),
        GoroutineText = Encoding.UTF8.GetBytes("goroutine 1 [chan send, 5 minutes]:\nmain.main()\n\t/src/main.go:12 +0x1d\n\n"),
        Metrics = new Dictionary<string, double> { ["rss_bytes"] = 5e6, ["fds"] = 9, ["threads"] = 4, ["tcp.ESTABLISHED"] = 3, ["tcp.CLOSE_WAIT"] = 2, ["tcp.LISTEN"] = 1 },
        Notes = ["busy"],
    };

    [Fact]
    public void Every_part_of_a_capture_is_decoded()
    {
        Snapshot snapshot = SnapshotDecoder.Decode(s_capture);
        Assert.Equal((3, s_capture.At), (snapshot.Seq, snapshot.At));
        Assert.Equal(2, snapshot.Heap!.Samples.Count);
        Assert.Equal(1, snapshot.Goroutine!.Samples.Count);
        Assert.NotNull(snapshot.Goroutines);
        Assert.Equal(5e6, snapshot.Metric(MetricNames.RssBytes));
        Assert.Equal(["busy"], snapshot.Notes);
    }

    [Fact]
    public void A_part_that_is_no_profile_costs_only_itself_and_is_noted()
    {
        Snapshot snapshot = SnapshotDecoder.Decode(s_capture with { Heap = Encoding.UTF8.GetBytes("oops"), GoroutineText = Gzip.Of("cut").AsMemory(0, 10) });
        Assert.Null(snapshot.Heap);
        Assert.Null(snapshot.Goroutines);
        Assert.NotNull(snapshot.Goroutine);
        Assert.Equal(3, snapshot.Notes.Count);
        Assert.Contains("snapshot 3: the heap profile cannot be read", snapshot.Notes[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Profiles_may_be_texts_as_debug_1_gives_them()
    {
        Capture capture = s_capture with
        {
            Heap = Encoding.UTF8.GetBytes("heap profile: 2: 2048 [3: 3072] @ heap/1048576\n2: 2048 [3: 3072] @ 0x1001 0x2001\n#\t0x1000\tmain.load+0x10\t/src/main.go:12\n"),
            Goroutine = Gzip.Of("goroutine profile: total 7\n7 @ 0x1001 0x2001\n#\t0x1000\tmain.serve+0x10\t/src/main.go:30\n"),
        };

        Snapshot snapshot = SnapshotDecoder.Decode(capture);

        Assert.Equal(["busy"], snapshot.Notes);
        Assert.Equal(7, snapshot.Goroutine!.Samples.Values(0)[0]);
        Assert.Equal("main.load", snapshot.Heap!.Strings[snapshot.Heap.Functions[default].Name]);
    }

    [Fact]
    public void A_bomb_is_refused_at_the_limit()
    {
        ProfileLimits limits = SnapshotDecoder.Limits with { MaxDecompressedBytes = 4 << 20 };
        Snapshot snapshot = SnapshotDecoder.Decode(s_capture with { Heap = Gzip.Bomb(mebibytes: 32) }, limits);
        Assert.Null(snapshot.Heap);
    }

    [Fact]
    public void The_totals_of_a_snapshot_are_added_up()
    {
        SnapshotFigures figures = SnapshotFigures.Of(SnapshotDecoder.Decode(s_capture));
        Assert.Equal((7, 1024, 5e6, 9, 5, 4), (figures.Goroutines, figures.HeapBytes, figures.RssBytes, figures.Descriptors, figures.Connections, figures.Threads));
    }

    [Fact]
    public void Totals_that_are_not_known_are_not_zero()
    {
        SnapshotFigures figures = SnapshotFigures.Of(new Snapshot { Seq = 0, At = s_capture.At });
        Assert.All([figures.Goroutines, figures.HeapBytes, figures.RssBytes, figures.Descriptors, figures.Connections, figures.Threads], figure => Assert.Equal(double.NaN, figure));
    }

    private static byte[] Encode(string folded, SampleType type) => ProfileEncoder.EncodeGzip(FoldedText.Parse(folded, type));
}
