using Plumb.Profiles;
using Plumb.Reports.Listing;
using Plumb.Reports.SourceHtml;
using Plumb.Reports.Tests.Disassembly;

namespace Plumb.Reports.Tests.SourceHtml;

public sealed class WeblistViewTests
{
    private const ulong Work = FakeCode.Base + FakeCode.Start;

    [Fact]
    public void Below_each_line_is_the_code_made_of_it_with_what_both_cost()
    {
        WeblistFunction function = Compute("work", (Work + 1, 5), (Work + 8, 7)).Files.Single().Functions.Single();

        Assert.Equal(("work", 12L, 12L), (function.Name, function.Flat, function.Cum));
        WeblistLine ten = function.Lines.Single(line => line.Number == 10), eleven = function.Lines.Single(line => line.Number == 11);
        Assert.Equal((5L, 7L), (ten.Flat, eleven.Flat));
        Assert.Equal(["instruction 0", "instruction 1"], ten.Instructions.Select(row => row.Text));
        Assert.Equal([5L, 0L], ten.Instructions.Select(row => row.Flat));
        Assert.Equal("source 2", eleven.Instructions[0].InlinedCalls.Single().Text);
    }

    [Fact]
    public void Lines_around_the_function_are_shown_without_cost()
    {
        WeblistFunction function = Compute("work", (Work, 5)).Files.Single().Functions.Single();

        Assert.Equal(Enumerable.Range(5, 12).Select(number => (long)number), function.Lines.Select(line => line.Number));
        Assert.Equal([10L, 11L], function.Lines.Where(line => line.HasCode).Select(line => line.Number));
    }

    [Fact]
    public void Without_the_binary_the_lines_still_have_their_samples()
    {
        WeblistFunction function = Compute("work", new FakeCode { IsThere = false }, (Work, 5), (Work + 8, 7)).Files.Single().Functions.Single();

        Assert.Equal(12, function.Lines.Single(line => line.Number == 10).Flat);
        Assert.All(function.Lines.SelectMany(line => line.Instructions), row => Assert.Equal("", row.Text));
    }

    [Fact]
    public void A_recursive_function_is_counted_once_a_sample()
    {
        var builder = new ProfileBuilder(new SampleType("samples", "count"));
        MappingId mapping = builder.Mapping(FakeCode.Mapping);
        LocationId here = builder.Location(Work, mapping, [new Line(builder.Function("work", "/src/prog.c", 9), 10)]);
        builder.AddSample(builder.Stack([here, here, here]), [4]);

        Report report = Report(builder.Build(), "work");
        WeblistView view = WeblistView.Compute(report, new Numbered(), new FakeCode(), report.Amounts());

        Assert.Equal((4L, 4L), (view.Files.Single().Functions.Single().Flat, view.Files.Single().Functions.Single().Cum));
    }

    [Fact]
    public void A_function_with_two_of_its_lines_on_one_stack_costs_no_more_than_the_whole()
    {
        var builder = new ProfileBuilder(new SampleType("samples", "count"));
        FunctionId work = builder.Function("work", "/src/prog.c", 9);
        LocationId outer = builder.Location(0x9000, MappingId.None, [new Line(work, 10)]), inner = builder.Location(0x9010, MappingId.None, [new Line(work, 11)]);
        builder.AddSample(builder.Stack([inner, outer]), [4]);
        builder.AddSample(builder.Stack([outer]), [3]);

        Report report = Report(builder.Build(), "work");
        WeblistFunction function = WeblistView.Compute(report, new Numbered(), new FakeCode(), report.Amounts()).Files.Single().Functions.Single();

        Assert.Equal((7L, 7L), (function.Flat, function.Cum));
        Assert.Equal([7L, 4L], function.Lines.Where(line => line.HasCode).Select(line => line.Cum));
    }

    [Fact]
    public void Nothing_that_matches_is_an_error() => Assert.Throws<ReportException>(() => Compute("nothing", (Work, 5)));

    [Fact]
    public void Names_paths_sources_and_code_are_text_and_never_markup()
    {
        const string Evil = "<script>alert('\"&')</script>";
        var builder = new ProfileBuilder(new ProfileHeader { SampleTypes = [new SampleType("samples", "count")], Comments = [Evil], DocUrl = Evil });
        MappingId mapping = builder.Mapping(FakeCode.Mapping with { File = $"/bin/{Evil}", BuildId = Evil });
        LocationId here = builder.Location(Work, mapping, [new Line(builder.Function("work", Evil, 9), 10)]);
        LocationId there = builder.Location(Work + 0x400, MappingId.None, [new Line(builder.Function("work" + Evil, Evil, 9), 30)]);
        builder.AddSample(builder.Stack([here, there]), [4]);

        string page = ReportText.Print(Report(builder.Build(), "work", compact: false), new FakeCode(Evil, Evil), sources: new Numbered(Evil));

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    private static WeblistView Compute(string pattern, params (ulong, long)[] samples) => Compute(pattern, new FakeCode(), samples);

    private static WeblistView Compute(string pattern, FakeCode code, params (ulong, long)[] samples)
    {
        Report report = Report(FakeCode.Profile(samples), pattern);
        return WeblistView.Compute(report, new Numbered(), code, report.Amounts());
    }

    private static Report Report(Profile profile, string pattern, bool compact = true) =>
        ReportText.Report(profile, ReportFormat.WebList, ReportText.Plain with { CompactLabels = compact }, pattern);

    private sealed class Numbered(string text = "source") : ISourceFiles
    {
        public SourceText Find(string path) => new([.. Enumerable.Range(1, 40).Select(number => $"\t{text} {number}")]);
    }
}
