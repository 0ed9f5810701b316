using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Reports.Options;
using Plumb.Reports.Top;

namespace Plumb.Reports.Tests.Top;

public class TopViewTests
{
    private static readonly Profile Recursive = FoldedText.Parse("""
        main;walk;walk;read 3
        main;walk;walk 2
        main;idle 1
        """);

    [Fact]
    public void Cum_counts_a_recursive_function_once_per_sample()
    {
        TopView view = Top(Recursive);

        Assert.Equal(
            [("read", 3, 3), ("walk", 2, 5), ("idle", 1, 1), ("main", 0, 6)],
            view.Rows.Select(row => (row.Name, (int)row.Flat, (int)row.Cum)));
    }

    [Fact]
    public void Rows_with_the_same_value_are_in_the_order_of_their_names()
    {
        Profile profile = FoldedText.Parse("""
            c 1
            a 1
            b 1
            """);

        Assert.Equal(["a", "b", "c"], Top(profile).Rows.Select(row => row.Name));
    }

    [Fact]
    public void Sorting_by_cum_puts_callers_first() =>
        Assert.Equal(["main", "walk", "read", "idle"], Top(Recursive, ReportText.Plain with { Sort = SortOrder.Cum }).Rows.Select(row => row.Name));

    [Fact]
    public void Entries_below_the_fraction_are_dropped_and_counted()
    {
        TopView view = Top(Recursive, new ReportOptions { NodeFraction = 0.5, CompactLabels = true });

        Assert.Equal(["read", "walk", "main"], view.Rows.Select(row => row.Name));
        Assert.Equal(["Showing nodes accounting for 5, 83.33% of 6 total", "Dropped 1 node (cum <= 3)"], view.Header.AsEnumerable());
    }

    [Fact]
    public void A_limit_says_how_many_entries_there_were()
    {
        TopView view = Top(Recursive, new ReportOptions { NodeCount = 2, CompactLabels = true });

        Assert.Equal(2, view.Rows.Length);
        Assert.Contains("Showing top 2 nodes out of 4", view.Header.AsEnumerable());
    }

    [Fact]
    public void Inlined_functions_are_marked_by_how_they_were_called()
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        FunctionId main = builder.Function("main"), helper = builder.Function("helper"), tiny = builder.Function("tiny");
        LocationId caller = builder.Location(main);
        LocationId inlined = builder.Location(1, MappingId.None, [new Line(tiny, 1), new Line(helper, 2)]);
        LocationId outOfLine = builder.Location(tiny);
        builder.AddSample(builder.Stack([inlined, caller]), [1]);
        Profile always = builder.Build();
        Assert.Equal(Inlining.Full, Top(always).Rows.Single(row => row.Name == "tiny").Inlining);

        builder = new ProfileBuilder(SampleType.Samples);
        main = builder.Function("main");
        helper = builder.Function("helper");
        tiny = builder.Function("tiny");
        caller = builder.Location(main);
        inlined = builder.Location(1, MappingId.None, [new Line(tiny, 1), new Line(helper, 2)]);
        outOfLine = builder.Location(tiny);
        builder.AddSample(builder.Stack([inlined, caller]), [1]);
        builder.AddSample(builder.Stack([outOfLine, caller]), [1]);
        Assert.Equal(Inlining.Partial, Top(builder.Build()).Rows.Single(row => row.Name == "tiny").Inlining);
    }

    [Fact]
    public void A_mean_divides_by_the_first_sample_type()
    {
        Profile profile = FoldedText.Parse("""
            main;alloc 4 400
            main;copy 1 50
            """, new SampleType("objects", "count"), new SampleType("space", "bytes"));

        TopView view = Top(profile, ReportText.Plain with { Mean = true });

        Assert.Equal([("alloc", 100), ("copy", 50), ("main", 0)], view.Rows.Select(row => (row.Name, (int)row.Flat)));
        Assert.Equal(90, view.Total);
    }

    [Fact]
    public void Drop_negative_leaves_out_what_shrank()
    {
        Profile profile = FoldedText.Parse("""
            main;grew 3
            main;shrank -2
            """);

        Assert.Equal(["grew", "main"], Top(profile, ReportText.Plain with { DropNegative = true }).Rows.Select(row => row.Name));
    }

    [Fact]
    public void Percentages_are_of_the_sum_without_signs() =>
        Assert.Equal(5, Top(FoldedText.Parse("a 3\nb -2")).Total);

    [Fact]
    public void A_name_with_control_characters_is_harmless_on_a_terminal_and_untouched_in_a_file()
    {
        Profile profile = FoldedText.Parse("main;\u001b[2Jevil 1");

        Assert.Contains("\\x1b[2Jevil", ReportText.Print(profile, ReportFormat.Top, ReportText.Plain, forTerminal: true), StringComparison.Ordinal);
        Assert.Contains("\u001b[2Jevil", ReportText.Print(profile, ReportFormat.Top, ReportText.Plain), StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_that_of_pprof() =>
        Assert.Equal("""
            Showing nodes accounting for 6, 100% of 6 total
                  flat  flat%   sum%        cum   cum%
                     3 50.00% 50.00%          3 50.00%  read
                     2 33.33% 83.33%          5 83.33%  walk
                     1 16.67%   100%          1 16.67%  idle
                     0     0%   100%          6   100%  main

            """, ReportText.Print(Recursive, ReportFormat.Top, ReportText.Plain));

    private static TopView Top(Profile profile, ReportOptions? options = null) =>
        TopView.Compute(ReportText.Report(profile, ReportFormat.Top, options ?? ReportText.Plain));
}
