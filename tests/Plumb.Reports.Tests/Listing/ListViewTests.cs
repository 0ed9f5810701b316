using Plumb.Profiles;
using Plumb.Reports.Listing;

namespace Plumb.Reports.Tests.Listing;

public class ListViewTests
{
    [Fact]
    public void Lines_run_from_the_start_of_the_function_to_five_beyond_its_last_sample()
    {
        ListRoutine routine = List(startLine: 8, lines: [10]).Routines.Single();

        Assert.Equal([8L, 9, 10, 11, 12, 13, 14, 15], routine.Lines.Select(line => line.Number));
        Assert.Equal("line 10", routine.Lines[2].Text);
        Assert.Equal(1, routine.Lines[2].Flat);
    }

    [Fact]
    public void Without_a_start_line_five_lines_are_shown_before() =>
        Assert.Equal(5, List(startLine: 0, lines: [10]).Routines.Single().Lines[0].Number);

    [Fact]
    public void A_function_with_two_of_its_lines_on_one_stack_counts_once()
    {
        ListRoutine routine = List(startLine: 8, lines: [10, 12]).Routines.Single();

        Assert.Equal(1, routine.Cum);
        Assert.Equal([1L, 1L], routine.Lines.Where(line => line.Cum > 0).Select(line => line.Cum));
    }

    [Fact]
    public void A_file_that_is_not_found_is_said_where_its_lines_would_be() =>
        Assert.Contains("ROUTINE ======================== walk in missing.go\n         1          1 (flat, cum)   100% of Total\n Error: no missing.go\n",
            Print(Walk("missing.go", 0, [10])), StringComparison.Ordinal);

    [Fact]
    public void Nothing_that_matches_is_an_error() =>
        Assert.Throws<ReportException>(() => ListView.Compute(ReportText.Report(Walk("a.go", 0, [1]), ReportFormat.List, ReportText.Plain, "nothing"), new Sources()));

    private static ListView List(long startLine, int[] lines) =>
        ListView.Compute(ReportText.Report(Walk("walk.go", startLine, lines), ReportFormat.List, ReportText.Plain, "walk"), new Sources());

    private static string Print(Profile profile) =>
        ReportText.Print(ReportText.Report(profile, ReportFormat.List, ReportText.Plain, "walk"), new Sources());

    private static Profile Walk(string file, long startLine, int[] lines)
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        FunctionId walk = builder.Function("walk", file, startLine);
        LocationId[] stack = [.. lines.Select(line => builder.Location(walk, line))];
        builder.AddSample(builder.Stack(stack), [1]);
        return builder.Build();
    }

    private sealed class Sources : ISourceFiles
    {
        public SourceText Find(string path) =>
            path == "walk.go" ? new SourceText([.. Enumerable.Range(1, 100).Select(i => $"line {i}")]) : SourceText.Missing($"no {path}");
    }
}
