using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Merging;
using Plumb.Reports.Flame;
using Plumb.Reports.Options;
using Plumb.Reports.Top;

namespace Plumb.Reports.Tests.Flame;

public sealed class FlameViewTests
{
    private static readonly Profile Shop = FoldedText.Parse("""
        main;serve;read 3
        main;serve;write 5
        main;walk;walk;read 2
        main;walk 1
        idle 4
        """);

    [Fact]
    public void A_node_is_followed_by_its_children_heaviest_first() =>
        Assert.Equal(
            ["-1 15 0", "0 main 11 0", "1 serve 8 0", "2 write 5 5", "2 read 3 3", "1 walk 3 1", "2 walk 2 0", "3 read 2 2", "0 idle 4 4"],
            Rows(Compute(Shop)));

    [Fact]
    public void Around_a_function_the_tree_has_what_it_calls_and_another_what_calls_it()
    {
        FlameView view = Compute(Shop, pivot: "read");

        Assert.Equal(["-1 read 5 5"], Rows(view));
        Assert.Equal(["-1 read 5 0", "0 serve 3 0", "1 main 3 3", "0 walk 2 0", "1 walk 2 0", "2 main 2 2"], Rows(view, view.Callers!));
    }

    [Fact]
    public void A_recursive_function_counts_from_its_outermost_call()
    {
        FlameView view = Compute(Shop, pivot: "walk");

        Assert.Equal(["-1 walk 3 1", "0 walk 2 0", "1 read 2 2"], Rows(view));
        Assert.Equal(["-1 walk 3 0", "0 main 3 3"], Rows(view, view.Callers!));
    }

    [Fact]
    public void Inlined_calls_are_frames_of_their_own_in_both_directions()
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        FunctionId main = builder.Function("main"), helper = builder.Function("helper"), tiny = builder.Function("tiny"), leaf = builder.Function("leaf");
        LocationId caller = builder.Location(main);
        LocationId inlined = builder.Location(1, MappingId.None, [new Line(tiny, 1), new Line(helper, 2)]);
        builder.AddSample(builder.Stack([builder.Location(leaf), inlined, caller]), [7]);
        Profile profile = builder.Build();

        Assert.Equal(["-1 7 0", "0 main 7 0", "1 helper 7 0", "2 tiny 7 0", "3 leaf 7 7"], Rows(Compute(profile)));
        Assert.Equal(["-1 tiny 7 0", "0 helper 7 0", "1 main 7 7"], Rows(Compute(profile, pivot: "tiny"), Compute(profile, pivot: "tiny").Callers!));
        Assert.Equal(["-1 helper 7 0", "0 tiny 7 0", "1 leaf 7 7"], Rows(Compute(profile, pivot: "helper")));
    }

    [Fact]
    public void Small_branches_are_left_out_and_counted_but_stay_in_the_sums_above()
    {
        FlameView view = Compute(Shop, detail: new FlameDetail(0.3, int.MaxValue));

        Assert.Equal(["-1 15 0", "0 main 11 0", "1 serve 8 0", "2 write 5 5", "0 idle 4 4"], Rows(view));
        Assert.Equal(4, view.Callees.Cutoff);
        Assert.Equal(2, view.Callees.DroppedBranches);
    }

    [Fact]
    public void The_number_of_nodes_is_bounded_whatever_the_profile()
    {
        string stacks = string.Join('\n', Enumerable.Range(0, 200).Select(i => string.Join(';', Enumerable.Range(0, 100).Select(d => $"f{i}_{d}")) + " 10"));

        FlameView view = Compute(FoldedText.Parse(stacks + "\nmain 5000"), detail: new FlameDetail(0, 1000));

        Assert.Equal(1000, view.Callees.Count);
        Assert.Equal(7000, view.Callees.Values[0]);
        Assert.Equal(200, view.Callees.DroppedBranches);
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(6, 40)]
    [InlineData(7, 300)]
    public void When_not_all_fit_those_that_stay_are_the_heaviest(int seed, int most)
    {
        Profile profile = Random(seed);
        FlameTree whole = Compute(profile).Callees;
        FlameTree bounded = Compute(profile, detail: new FlameDetail(0, most)).Callees;

        Assert.Equal(whole.Weights.OrderDescending().Take(most), bounded.Weights.OrderDescending());
        Assert.All(bounded.Weights, weight => Assert.True(weight >= bounded.Cutoff));
    }

    [Fact]
    public void A_stack_of_a_hundred_thousand_frames_is_a_tree_of_as_many()
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        LocationId again = builder.Location(builder.Function("again"));
        builder.AddSample(builder.Stack(Enumerable.Repeat(again, 100_000).ToArray()), [1]);

        Assert.Equal(100_001, Compute(builder.Build(), detail: FlameDetail.Whole).Callees.Count);
    }

    [Fact]
    public void In_a_comparison_a_node_is_as_wide_as_what_was_and_what_is_together()
    {
        var merger = new ProfileMerger();
        merger.Add(FoldedText.Parse("main;a 5\nmain;b 2"));
        merger.Add(FoldedText.Parse("main;a 1\nmain;c 2"), MergeSource.Negated(1) with { Label = ("pprof::base", "true") });

        FlameView view = Compute(merger.Build());

        Assert.True(view.IsComparison);
        Assert.Equal(["-1 4 0", "0 main 4 0", "1 a 4 4", "1 b 2 2", "1 c -2 -2"], Rows(view));
        Assert.Equal([10, 10, 6, 2, 2], view.Callees.Weights.AsEnumerable());
    }

    [Fact]
    public void A_function_that_is_not_there_is_refused_by_name() =>
        Assert.Contains("\"nothing\"", Assert.Throws<ReportException>(() => Compute(Shop, pivot: "nothing")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_cancelled_computation_stops()
    {
        Report report = ReportText.Report(Shop, ReportFormat.Flame, ReportOptions.Default);

        Assert.Throws<OperationCanceledException>(() => FlameView.Compute(report, FlameDetail.Whole, null, new CancellationToken(canceled: true)));
    }

    // The tree is grouped quite otherwise than the table is summed: where they meet, both are right.
    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(3, "f1")]
    [InlineData(4, "f[23]")]
    public void Its_sums_are_those_of_top(int seed, string hide)
    {
        Profile profile = Random(seed);
        ReportOptions options = ReportText.Plain with { Hide = hide };
        FlameView view = FlameView.Compute(ReportText.Report(profile, ReportFormat.Flame, options), FlameDetail.Whole, null, CancellationToken.None);
        TopView top = TopView.Compute(ReportText.Report(profile, ReportFormat.Top, options));

        foreach (TopRow row in top.Rows)
        {
            Assert.Equal(row.Flat, SumOfSelves(view, row.Name));
            Assert.Equal(row.Cum, SumOfOutermost(view, row.Name));
            FlameView around = FlameView.Compute(ReportText.Report(profile, ReportFormat.Flame, options), FlameDetail.Whole, row.Name, CancellationToken.None);
            Assert.Equal(row.Cum, around.Callees.Values[0]);
            Assert.Equal(row.Cum, around.Callers!.Values[0]);
            Assert.Equal(row.Cum, around.Callers.Selves.Sum());
        }
    }

    private static long SumOfSelves(FlameView view, string name) =>
        Enumerable.Range(0, view.Callees.Count).Where(node => Name(view, view.Callees, node) == name).Sum(node => view.Callees.Selves[node]);

    private static long SumOfOutermost(FlameView view, string name)
    {
        long sum = 0;
        int inside = int.MaxValue;
        for (int node = 0; node < view.Callees.Count; node++)
        {
            if (view.Callees.Depths[node] > inside)
                continue;

            bool isIt = Name(view, view.Callees, node) == name;
            inside = isIt ? view.Callees.Depths[node] : int.MaxValue;
            sum += isIt ? view.Callees.Values[node] : 0;
        }

        return sum;
    }

    private static Profile Random(int seed)
    {
        var random = new Random(seed);
        return FoldedText.Parse(string.Join('\n', Enumerable.Range(0, 300).Select(_ =>
            $"{string.Join(';', Enumerable.Range(0, random.Next(1, 12)).Select(_ => $"f{random.Next(6)}"))} {random.Next(1, 100)}")));
    }

    private static FlameView Compute(Profile profile, string? pivot = null, FlameDetail? detail = null) =>
        FlameView.Compute(ReportText.Report(profile, ReportFormat.Flame, ReportText.Plain), detail ?? FlameDetail.Whole, pivot, CancellationToken.None);

    private static IEnumerable<string> Rows(FlameView view, FlameTree? tree = null)
    {
        tree ??= view.Callees;
        return Enumerable.Range(0, tree.Count).Select(node =>
            $"{tree.Depths[node] - 1} {Name(view, tree, node)} {tree.Values[node]} {tree.Selves[node]}".Replace("  ", " ", StringComparison.Ordinal));
    }

    private static string Name(FlameView view, FlameTree tree, int node) => tree.Frames[node] < 0 ? "" : view.Names[tree.Frames[node]];
}
