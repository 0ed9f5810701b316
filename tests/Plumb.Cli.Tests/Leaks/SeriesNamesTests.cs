using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Growth;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Tests.Leaks;

public sealed class SeriesNamesTests
{
    [Theory]
    [InlineData("rss_bytes", "memory (RSS)")]
    [InlineData("fds.inotify", "descriptors: inotify")]
    [InlineData("tcp.CLOSE_WAIT", "TCP CLOSE_WAIT")]
    [InlineData("goroutines in select", "goroutines in select")]
    public void Figures_have_words(string name, string words) => Assert.Equal([words], SeriesNames.Of([Named(name)], 40));

    [Fact]
    public void Equal_names_are_told_apart_by_what_they_call() => Assert.Equal(
        ["heap of load (NewReaderSize)", "heap of load (NewWriterSize)", "other"],
        SeriesNames.Of([Named("heap of load", "NewReaderSize"), Named("heap of load", "NewWriterSize"), Named("other", "x")], 40));

    [Fact]
    public void A_long_name_keeps_its_beginning_and_its_end()
    {
        string name = Assert.Single(SeriesNames.Of([Named("goroutines in select in net/http.(*persistConn).readLoop")], 40));
        Assert.Equal(40, name.Length);
        Assert.StartsWith("goroutines in s", name, StringComparison.Ordinal);
        Assert.EndsWith("Conn).readLoop", name, StringComparison.Ordinal);
    }

    private static EvidenceSeries Named(string name, string leaf = "leaf") => new()
    {
        Name = name,
        Resource = "heap",
        Unit = "bytes",
        Seconds = [],
        Values = [],
        Growth = new GrowthResult { Verdict = GrowthVerdict.Grows, Reason = "", Points = 0 },
        Stack = [new Frame($"bufio.{leaf}", "bufio", "bufio.go", 1, FrameOwner.Standard)],
    };
}
