using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Reports.Limits;
using Plumb.Reports.Options;

namespace Plumb.Reports.Tests.Limits;

public class CostLimitTests
{
    private const string Stacks = "main;serve;decode 30\nmain;serve;decode;decode;copy 20\nmain;serve 10\nmain;rest 40";

    [Theory]
    [InlineData("cum(decode)>10%", true, 50)]
    [InlineData("cum(decode)>50%", false, 50)]
    [InlineData("cum(decode)>=50%", true, 50)]
    [InlineData("cum(decode)<50%", false, 50)]
    [InlineData("cum(decode)<=50%", true, 50)]
    [InlineData("flat(decode)>30", false, 30)]
    [InlineData("flat(decode)>29.5", true, 30)]
    [InlineData(" cum ( decode ) > 10 %", false, 0)]
    [InlineData("cum(decode)  >  10 %", true, 50)]
    [InlineData("cum(decode|rest)>80%", true, 90)]
    [InlineData("cum((decode|copy)$)>0", true, 50)]
    [InlineData("flat(nothing)>0", false, 0)]
    public void A_limit_is_broken_when_its_comparison_holds(string text, bool isBroken, long value)
    {
        CostCheck check = Check(text);

        Assert.Equal((isBroken, value), (check.IsBroken, check.Value));
    }

    [Fact]
    public void A_sample_counts_once_however_many_of_the_functions_are_on_its_stack() => Assert.Equal(100, Check("cum(.)>0").Value);

    [Fact]
    public void Filters_and_granularity_of_the_report_hold()
    {
        Assert.Equal(20, Check("cum(decode)>0", ReportText.Plain with { Focus = "copy" }).Value);
        Assert.Equal(40, Check("cum(main)>0", ReportText.Plain with { Ignore = "serve" }).Value);
        Assert.False(Check("cum(decode)>0", ReportText.Plain with { Granularity = Granularity.Files }).HasMatch);
    }

    [Theory]
    [InlineData("cum(decode)>49ns", true)]
    [InlineData("cum(decode)>0.05us", false)]
    [InlineData("cum(decode)>=0.05us", true)]
    public void An_amount_may_have_a_unit(string text, bool isBroken) => Assert.Equal(isBroken, Check(text, type: SampleType.Cpu).IsBroken);

    [Fact]
    public void A_unit_that_measures_something_else_is_an_error() =>
        Assert.Equal("cum(decode)>5MB: samples are counted in nanoseconds, which MB does not measure",
            Assert.Throws<ReportException>(() => Check("cum(decode)>5MB", type: SampleType.Cpu)).Message);

    [Fact]
    public void The_figure_is_written_as_reports_write_it() => Assert.Equal("50.00% (50 of 100)", Check("cum(decode)>1%").Figure);

    [Fact]
    public void What_shrank_is_negative_and_breaks_no_upper_limit()
    {
        CostCheck check = Check("cum(work)>10%", stacks: "main;work -50\nmain;rest 50");

        Assert.False(check.IsBroken);
        Assert.Equal("-50.00% (-50 of 100)", check.Figure);
    }

    [Fact]
    public void Values_are_divided_where_the_report_divides_them() => Assert.Equal(5, Check("cum(decode)>1", ReportText.Plain with { DivideBy = 10 }).Value);

    [Theory]
    [InlineData("decode>10%", "expected flat( or cum( at character 1, found \"decode>10%\"")]
    [InlineData("cum", "expected ( and a pattern at character 4, found the end")]
    [InlineData("cum(decode>10%", "expected ) after the pattern at character 15, found the end")]
    [InlineData("cum()>10%", "expected a pattern at character 5, found \")>10%\"")]
    [InlineData("cum(decode)", "expected >, >=, < or <= at character 12, found the end")]
    [InlineData("cum(decode)=10%", "expected >, >=, < or <= at character 12, found \"=10%\"")]
    [InlineData("cum(decode)>", "expected a number at character 13, found the end")]
    [InlineData("cum(decode)>ten", "expected a number at character 13, found \"ten\"")]
    [InlineData("cum(decode)>10 parsecs", "expected %, or a unit such as ms or MB, or nothing at character 16, found \"parsecs\"")]
    public void A_mistake_is_said_with_its_place(string text, string message) =>
        Assert.Equal($"\"{text}\": {message}", Assert.Throws<FormatException>(() => CostLimit.Parse(text)).Message);

    private static CostCheck Check(string text, ReportOptions? options = null, SampleType? type = null, string stacks = Stacks)
    {
        Profile profile = FoldedText.Parse(stacks, type ?? SampleType.Samples);
        return CostCheck.Of(CostLimit.Parse(text), ReportText.Report(profile, ReportFormat.Top, options ?? ReportText.Plain));
    }
}
