using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Profiles.Folded;
using Plumb.Reports.Graphs;
using Plumb.Reports.Options;

namespace Plumb.Reports.Tests;

public sealed class ReportSessionTests
{
    private static readonly Profile Shop = FoldedText.Parse("""
        main;serve;decode 3
        main;serve;encode 1
        main;sweep 2
        """, SampleType.Cpu);

    private readonly ReportSession _session = new(ProfileSelection.All(Shop));

    private static readonly (ReportFormat Format, ReportOptions Options)[] Reports =
    [
        (ReportFormat.Top, ReportOptions.Default),
        (ReportFormat.Top, ReportOptions.Default with { Sort = SortOrder.Cum }),
        (ReportFormat.Top, ReportOptions.Default with { Focus = "encode" }),
        (ReportFormat.Top, ReportOptions.Default with { Focus = "encode", RelativePercentages = true }),
        (ReportFormat.Top, ReportOptions.Default with { Ignore = "sweep" }),
        (ReportFormat.Tree, ReportOptions.Default with { Granularity = Granularity.Lines }),
        (ReportFormat.Traces, ReportOptions.Default with { Hide = "serve" }),
        (ReportFormat.Dot, ReportOptions.Default),
    ];

    [Theory]
    [InlineData(ReportFormat.Tree, false)]
    [InlineData(ReportFormat.Dot, true)]
    public void A_report_that_was_cancelled_leaves_the_next_one_whole(ReportFormat format, bool isCallTree)
    {
        ReportOptions options = ReportOptions.Default with { CallTree = isCallTree };
        using var cancellation = new CancellationTokenSource();
        Report report = _session.Create(format, options, cancellationToken: cancellation.Token);
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ReportText.Print(report));
        Assert.Equal(ReportText.Print(Shop, format, options), ReportText.Print(_session.Create(format, options)));
    }

    [Fact]
    public void The_calls_of_many_stacks_are_given_up_half_way()
    {
        NodeSource source = NodeSource.Of(_session.Create(ReportFormat.Tree, ReportOptions.Default));

        Assert.Throws<OperationCanceledException>(() => source.Edges(null, null, new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => CallTree.Of(source, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_report_is_the_same_whatever_was_asked_for_before_it()
    {
        List<(string Alone, string InSession)> reports = [];
        for (int turn = 0; turn < 2; turn++)
        {
            foreach ((ReportFormat format, ReportOptions options) in Reports)
                reports.Add((ReportText.Print(Shop, format, options), ReportText.Print(_session.Create(format, options))));
        }

        Assert.All(reports, report => Assert.Equal(report.Alone, report.InSession));
    }

    [Fact]
    public void Reports_with_the_same_filters_share_what_was_filtered_and_summed()
    {
        Report first = _session.Create(ReportFormat.Top, ReportOptions.Default with { Focus = "serve" });
        Report second = _session.Create(ReportFormat.Tree, ReportOptions.Default with { Focus = "serve", NodeCount = 3, Sort = SortOrder.Cum });

        Assert.Same(first.Selection, second.Selection);
        Assert.Same(NodeSource.Of(first), NodeSource.Of(second));
    }

    [Fact]
    public void Reports_of_other_values_or_details_do_not_share_sums()
    {
        NodeSource functions = NodeSource.Of(_session.Create(ReportFormat.Top, ReportOptions.Default));

        Assert.NotSame(functions, NodeSource.Of(_session.Create(ReportFormat.Top, ReportOptions.Default with { Granularity = Granularity.Lines })));
        Assert.NotSame(functions, NodeSource.Of(_session.Create(ReportFormat.Top, ReportOptions.Default with { Mean = true })));
        Assert.NotSame(functions, NodeSource.Of(_session.Create(ReportFormat.Top, ReportOptions.Default with { TrimPath = "/build" })));
    }

    [Fact]
    public void Every_option_of_a_filter_tells_filters_apart()
    {
        string[] filters = ["focus", "ignore", "prune_from", "hide", "show", "show_from", "tagfocus", "tagignore", "tagshow", "taghide", "tagroot", "tagleaf"];
        ReportOptions plain = ReportFilters.Of(ReportOptions.Default);

        Assert.All(filters, name => Assert.NotEqual(plain, ReportFilters.Of(OptionTable.Find(name)!.Set(ReportOptions.Default, "x"))));
    }

    [Fact]
    public void Only_a_few_filters_are_remembered()
    {
        Report first = _session.Create(ReportFormat.Top, ReportOptions.Default);
        foreach (string focus in new[] { "a", "b", "c", "d", "e" })
            _session.Create(ReportFormat.Top, ReportOptions.Default with { Focus = focus });

        Assert.NotSame(first.Filtered, _session.Create(ReportFormat.Top, ReportOptions.Default).Filtered);
    }

    [Fact]
    public void A_note_about_a_filter_comes_with_every_report()
    {
        ReportOptions options = ReportOptions.Default with { Focus = "nothing" };
        Report first = _session.Create(ReportFormat.Top, options);
        Report second = _session.Create(ReportFormat.Top, options);

        Assert.Equal(["Focus expression matched no samples"], first.Notes);
        Assert.Equal(first.Notes, second.Notes);
    }
}
