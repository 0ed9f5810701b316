using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Reports.Options;

namespace Plumb.Reports.Tests;

public class StableOrderTests
{
    // Everything ties with something: values, gains with losses, the same function under several callers.
    private static readonly string[] s_stacks =
    [
        "main;a;work 5", "main;b;work 5", "main;c;work -5", "main;a;rest -5", "main;b;rest 5", "other;a;work 5", "other;b;work -5", "other;c;rest 5", "main;a 5", "other;b 5",
    ];

    [Theory]
    [InlineData(ReportFormat.Top, false)]
    [InlineData(ReportFormat.Tree, false)]
    [InlineData(ReportFormat.Dot, false)]
    [InlineData(ReportFormat.Dot, true)]
    [InlineData(ReportFormat.Callgrind, false)]
    public void What_ties_is_in_one_order_whatever_the_order_of_the_samples(ReportFormat format, bool callTree)
    {
        ReportOptions options = ReportText.Plain with { CallTree = callTree };
        string expected = ReportText.Print(FoldedText.Parse(string.Join('\n', s_stacks)), format, options);

        var random = new Random(3);
        for (int i = 0; i < 20; i++)
        {
            string[] shuffled = [.. s_stacks];
            random.Shuffle(shuffled);
            Assert.Equal(expected, ReportText.Print(FoldedText.Parse(string.Join('\n', shuffled)), format, options));
        }
    }

    [Fact]
    public void Of_calls_of_the_same_size_the_gain_comes_before_the_loss_and_names_decide_first()
    {
        string tree = ReportText.Print(FoldedText.Parse("main;b 5\nmain;a -5\nmain;c 5"), ReportFormat.Peek, ReportText.Plain, "^main$");

        int a = tree.IndexOf("|   a", StringComparison.Ordinal), b = tree.IndexOf("|   b", StringComparison.Ordinal), c = tree.IndexOf("|   c", StringComparison.Ordinal);
        Assert.True(a >= 0 && a < b && b < c, tree);
    }

    [Fact]
    public void A_pattern_that_is_no_expression_is_taken_literally_and_that_is_noted()
    {
        Profile profile = FoldedText.Parse("main;pkg.(*T).m 5\nmain;pkg.T.m 7");

        Report report = ReportText.Report(profile, ReportFormat.Top, ReportText.Plain with { Focus = "(*T).m" });

        Assert.Equal(["focus: \"(*T).m\" is not a regular expression and is taken literally"], report.Notes);
        Assert.Equal("main;pkg.(*T).m 5\n", FoldedText.Format(report.Selection.ToProfile(), 0));
    }

    [Fact]
    public void The_pattern_of_a_report_is_noted_as_well() => Assert.Equal(
        ["argument: \"(*T).m\" is not a regular expression and is taken literally"],
        ReportText.Report(FoldedText.Parse("main;pkg.(*T).m 5"), ReportFormat.Peek, ReportText.Plain, "(*T).m").Notes);

    [Theory]
    [InlineData(ReportFormat.Tree)]
    [InlineData(ReportFormat.Dot)]
    [InlineData(ReportFormat.Callgrind)]
    public void Where_gains_and_losses_cancel_out_the_entry_stays(ReportFormat format) => Assert.Contains(
        "main", ReportText.Print(FoldedText.Parse("main;grew 5\nmain;shrank -5"), format, new ReportOptions { CompactLabels = true }), StringComparison.Ordinal);
}
