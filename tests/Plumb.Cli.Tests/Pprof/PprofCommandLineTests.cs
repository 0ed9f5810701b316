using Plumb.Cli.Pprof;
using Plumb.Reports;
using Plumb.Reports.Options;

namespace Plumb.Cli.Tests.Pprof;

public class PprofCommandLineTests
{
    [Fact]
    public void One_dash_or_two_and_both_ways_to_give_a_value()
    {
        PprofArguments arguments = PprofCommandLine.Parse(["-top", "--nodecount=5", "-focus", "main", "a.pb.gz", "b.pb.gz"]);

        Assert.Equal(ReportFormat.Top, arguments.Command?.Format);
        Assert.Equal(5, arguments.Options.NodeCount);
        Assert.Equal("main", arguments.Options.Focus);
        Assert.Equal(["a.pb.gz", "b.pb.gz"], arguments.Sources.AsEnumerable());
    }

    [Fact]
    public void Flags_may_follow_the_sources() =>
        Assert.Equal(SortOrder.Cum, PprofCommandLine.Parse(["-top", "a.pb.gz", "-cum"]).Options.Sort);

    [Fact]
    public void After_two_dashes_everything_is_a_source() =>
        Assert.Equal(["-cum"], PprofCommandLine.Parse(["-top", "--", "-cum"]).Sources.AsEnumerable());

    [Fact]
    public void A_switch_takes_a_value_only_with_an_equals_sign()
    {
        PprofArguments arguments = PprofCommandLine.Parse(["-top", "-trim=false", "-mean", "true"]);

        Assert.False(arguments.Options.Trim);
        Assert.True(arguments.Options.Mean);
        Assert.Equal(["true"], arguments.Sources.AsEnumerable());
    }

    [Fact]
    public void Choices_are_switches_of_their_own()
    {
        ReportOptions options = PprofCommandLine.Parse(["-top", "-lines", "-cum", "a"]).Options;

        Assert.Equal(Granularity.Lines, options.Granularity);
        Assert.Equal(SortOrder.Cum, options.Sort);
    }

    [Theory]
    [InlineData("-inuse_space", "inuse_space", false)]
    [InlineData("-contentions", "contentions", false)]
    [InlineData("-mean_delay", "delay", true)]
    public void Old_shorthands_pick_the_sample_type(string flag, string sampleIndex, bool mean)
    {
        ReportOptions options = PprofCommandLine.Parse(["-top", flag, "a"]).Options;

        Assert.Equal(sampleIndex, options.SampleIndex);
        Assert.Equal(mean, options.Mean);
    }

    [Fact]
    public void Of_several_shorthands_the_first_counts_and_the_others_are_named()
    {
        PprofArguments arguments = PprofCommandLine.Parse(["-top", "-sample_index=x", "-alloc_space", "a"]);

        Assert.Equal("x", arguments.Options.SampleIndex);
        Assert.Equal(["Multiple value selections, ignoring -alloc_space"], arguments.Notes.AsEnumerable());
    }

    [Theory]
    [InlineData("flag provided but not defined: -nonsense", "-top", "-nonsense", "a")]
    [InlineData("flag provided but not defined: -tpo; did you mean -top?", "-tpo", "a")]
    [InlineData("flag provided but not defined: -nodecout; did you mean -nodecount?", "-nodecout=3", "a")]
    [InlineData("flag provided but not defined: -secnods; did you mean -seconds?", "-secnods=3", "a")]
    [InlineData("flag needs an argument: -focus", "-top", "a", "-focus")]
    [InlineData("must set at most one output format", "-top", "-tree", "a")]
    [InlineData("conflicting options set: -cum, -flat", "-top", "-cum", "-flat", "a")]
    [InlineData("no profile source specified", "-top")]
    [InlineData("-base and -diff_base flags cannot both be specified", "-top", "-base=a", "-diff_base=b", "c")]
    [InlineData("must have base profile to normalize by", "-top", "-normalize", "c")]
    [InlineData("invalid boolean value \"maybe\" for -trim", "-top", "-trim=maybe", "c")]
    [InlineData("invalid value for flag -nodecount: \"many\" is not a whole number", "-top", "-nodecount=many", "c")]
    public void Mistakes_are_named(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => PprofCommandLine.Parse(arguments)).Message);

    [Fact]
    public void Every_option_can_be_set_and_read_back()
    {
        foreach (Option option in OptionTable.All)
        {
            string value = option.Kind switch
            {
                OptionKind.Flag => option.Default == "true" ? "false" : "true",
                OptionKind.Integer => "7",
                OptionKind.Number => "0.25",
                OptionKind.Choice => option.Choices[0].Name,
                _ => "text",
            };

            Assert.Equal(value, option.Get(option.Set(ReportOptions.Default, value)));
            Assert.NotEmpty(option.Summary);
        }
    }
}
