using Plumb.Profiles;
using Plumb.Reports.Graphs;
using Plumb.Reports.Options;

namespace Plumb.Reports.Tests.Graphs;

public sealed class StackRangesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Ranges_follow_each_other_and_cover_every_stack_once(int ranges)
    {
        StackTable stacks = RandomWalks(seed: 3, samples: 100).Stacks;

        (int Start, int End)[] parts = StackRanges.Run(stacks, ranges, (start, end) => (start, end));

        Assert.Equal(ranges, parts.Length);
        Assert.Equal(Enumerable.Range(0, stacks.Count), parts.SelectMany(part => Enumerable.Range(part.Start, part.End - part.Start)));
    }

    [Fact]
    public void More_ranges_than_stacks_leave_some_empty()
    {
        StackTable stacks = RandomWalks(seed: 3, samples: 2).Stacks;

        (int Start, int End)[] parts = StackRanges.Run(stacks, 8, (start, end) => (start, end));

        Assert.Equal(Enumerable.Range(0, stacks.Count), parts.SelectMany(part => Enumerable.Range(part.Start, part.End - part.Start)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sums_are_the_same_in_any_number_of_ranges(bool mean)
    {
        NodeSource source = Source(mean);
        NodeSums whole = Sums(source, 1);
        Assert.Contains(whole.Cum, cum => cum != 0);
        foreach (int ranges in new[] { 2, 3, 8 })
        {
            NodeSums parts = Sums(source, ranges);

            Assert.Equal(whole.Flat, parts.Flat);
            Assert.Equal(whole.Cum, parts.Cum);
            Assert.Equal(whole.FlatDivisor, parts.FlatDivisor);
            Assert.Equal(whole.CumDivisor, parts.CumDivisor);
            Assert.Equal(whole.Gross, parts.Gross);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Calls_are_the_same_and_in_the_same_order_in_any_number_of_ranges(bool mean)
    {
        NodeSource source = Source(mean);
        bool[] kept = [.. Enumerable.Range(0, source.Table.Count).Select(node => node % 3 != 0)];
        EdgeTable.Row[] whole = Calls(source, kept, 1);
        Assert.Contains(whole, call => call.IsResidual);
        Assert.Contains(whole, call => call.IsInline);

        Assert.Equal(whole, Calls(source, kept, 2));
        Assert.Equal(whole, Calls(source, kept, 5));
    }

    [Fact]
    public void Calls_that_are_asked_for_by_their_ends_are_those_of_the_whole_table()
    {
        NodeSource source = Source(mean: false);
        bool[] ends = [.. Enumerable.Range(0, source.Table.Count).Select(node => node is 5 or 11)];

        EdgeTable.Row[] some = Rows(source.Edges(kept: null, ends));

        Assert.Equal(Rows(source.Edges(kept: null)).Where(call => ends[call.Source] || ends[call.Target]), some);
    }

    private static NodeSource Source(bool mean) =>
        NodeSource.Of(ReportText.Report(RandomWalks(seed: 1, samples: 500), ReportFormat.Top, ReportOptions.Default with { Mean = mean }));

    private static NodeSums Sums(NodeSource source, int ranges) =>
        NodeSums.Of(source.Selection, source.Frames, source.Weights, source.Table.Count, ranges);

    private static EdgeTable.Row[] Calls(NodeSource source, bool[] kept, int ranges) =>
        Rows(EdgeTable.Of(source.Selection, source.Frames, source.Weights, kept, ends: null, ranges));

    private static EdgeTable.Row[] Rows(EdgeTable edges) => [.. Enumerable.Range(0, edges.Count).Select(i => edges[i])];

    /// <summary>Stacks over forty functions: recursive ones, inlined calls, empty stacks, and values of both signs.</summary>
    private static Profile RandomWalks(int seed, int samples)
    {
        var random = new Random(seed);
        var builder = new ProfileBuilder(new SampleType("objects", "count"), new SampleType("space", "bytes"));
        FunctionId[] functions = [.. Enumerable.Range(0, 40).Select(i => builder.Function($"f{i}"))];
        LocationId[] locations =
        [
            .. Enumerable.Range(0, 60).Select(i => builder.Location(
                (ulong)i + 1, MappingId.None, i % 7 == 0 ? [new Line(functions[(i + 1) % 40], 1), new Line(functions[i % 40], 2)] : [new Line(functions[i % 40], 1)])),
        ];
        for (int i = 0; i < samples; i++)
        {
            LocationId[] stack = [.. Enumerable.Range(0, random.Next(12)).Select(_ => locations[random.Next(locations.Length)])];
            builder.AddSample(builder.Stack(stack), [random.Next(1, 5), random.Next(-20, 100)]);
        }

        return builder.Build();
    }
}
