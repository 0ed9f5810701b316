using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Reports.Options;
using Plumb.Reports.Trees;

namespace Plumb.Reports.Tests.Trees;

public class TreeViewTests
{
    [Fact]
    public void Each_entry_has_its_callers_above_and_its_callees_below()
    {
        TreeNode serve = Node(FoldedText.Parse("""
            main;serve;decode 3
            main;serve;encode 1
            test;serve 2
            """), "serve");

        Assert.Equal([("main", 4), ("test", 2)], serve.Callers.Select(call => (call.Name, (int)call.Weight)));
        Assert.Equal([("decode", 3), ("encode", 1)], serve.Callees.Select(call => (call.Name, (int)call.Weight)));
    }

    [Fact]
    public void A_call_that_is_on_a_stack_twice_counts_once()
    {
        TreeNode walk = Node(FoldedText.Parse("main;walk;visit;walk;visit 5"), "walk");

        Assert.Equal([("visit", 5)], walk.Callees.Select(call => (call.Name, (int)call.Weight)));
    }

    [Fact]
    public void A_function_that_calls_itself_is_not_its_own_caller() =>
        Assert.Equal(["main"], Node(FoldedText.Parse("main;walk;walk 1"), "walk").Callers.Select(call => call.Name));

    [Fact]
    public void An_entry_stays_in_which_gains_and_losses_cancel_out()
    {
        TreeNode main = Node(FoldedText.Parse("""
            main;grew 5
            main;shrank -5
            """), "main");

        Assert.Equal(0, main.Cum);
        Assert.Equal([("grew", 5L), ("shrank", -5L)], main.Callees.Select(call => (call.Name, call.Weight)));
    }

    [Fact]
    public void Edges_of_a_mean_are_means()
    {
        Profile profile = FoldedText.Parse("main;alloc 4 400", new SampleType("objects", "count"), new SampleType("space", "bytes"));

        TreeNode main = TreeView.Compute(ReportText.Report(profile, ReportFormat.Tree, ReportText.Plain with { Mean = true }))
            .Nodes.Single(node => node.Name == "main");

        Assert.Equal(100, main.Callees.Single().Weight);
    }

    [Fact]
    public void Peek_shows_matching_entries_only_and_says_when_there_are_none()
    {
        Profile profile = FoldedText.Parse("main;serve;decode 3");

        Assert.Equal(["decode"], TreeView.Compute(ReportText.Report(profile, ReportFormat.Peek, ReportText.Plain, "^de")).Nodes.Select(node => node.Name));
        ReportException error = Assert.Throws<ReportException>(() => ReportText.Print(profile, ReportFormat.Peek, ReportText.Plain, "nothing"));
        Assert.Equal("no matches found for regexp: nothing", error.Message);
    }

    [Fact]
    public void Cut_entries_leave_calls_between_what_is_left()
    {
        ReportOptions options = new() { NodeCount = 2, Sort = SortOrder.Cum, NodeFraction = 0, EdgeFraction = 0 };

        TreeView view = TreeView.Compute(ReportText.Report(FoldedText.Parse("""
            main;a;b;leaf 3
            main;other 1
            leaf 5
            """), ReportFormat.Tree, options));

        Assert.Equal(["leaf", "main"], view.Nodes.Select(node => node.Name));
        Assert.Equal([("leaf", 3)], view.Nodes[1].Callees.Select(call => (call.Name, (int)call.Weight)));
    }

    private static TreeNode Node(Profile profile, string name) =>
        TreeView.Compute(ReportText.Report(profile, ReportFormat.Tree, ReportText.Plain)).Nodes.Single(node => node.Name == name);
}
