using System.Collections.Immutable;
using Plumb.Cli.Pprof.Shell;
using Plumb.Cli.Pprof.Shell.Editing;
using Plumb.Profiles;

namespace Plumb.Cli.Tests.Pprof.Shell;

public class ShellCompleterTests
{
    [Theory]
    [InlineData("topp", "topproto")]
    [InlineData("nodef", "nodefraction=")]
    [InlineData("focu", "focus=")]
    [InlineData("call_", "call_tree")]
    [InlineData("filef", "filefunctions")]
    [InlineData("mean_", "mean_cpu")]
    [InlineData("he", "help")]
    public void A_line_begins_with_a_command_an_option_a_choice_or_a_sample_type(string line, params string[] candidates) =>
        Assert.Equal(candidates, Candidates(line).AsEnumerable());

    [Theory]
    [InlineData("granularity=fil", "filefunctions", "files")]
    [InlineData("sort=", "cum", "flat")]
    [InlineData("trim=", "false", "true")]
    [InlineData("sample_index=", "cpu")]
    [InlineData("unit=m", "minimum", "ms")]
    [InlineData("focus = dec", "decode")]
    [InlineData("hide=serve.", "serve.Any")]
    [InlineData("tagfocus=req", "request=")]
    [InlineData("tagshow=", "request")]
    [InlineData("tagroot=a,req", "request")]
    [InlineData("source_path=/")]
    public void An_option_is_followed_by_its_values(string line, params string[] candidates) => Assert.Equal(candidates, Candidates(line).AsEnumerable());

    [Theory]
    [InlineData("list dec", "decode")]
    [InlineData("list SERVE", "serve.Any")]
    [InlineData("peek Any", "serve.Any")]
    [InlineData("top10 main -ser", "serve.Any")]
    [InlineData("top -c", "-cum")]
    [InlineData("top -", "-cum", "-json")]
    [InlineData("help nodec", "nodecount")]
    [InlineData("tags dec")]
    [InlineData("nonsense dec")]
    [InlineData("top >de")]
    public void A_command_is_followed_by_functions_of_the_profile(string line, params string[] candidates) => Assert.Equal(candidates, Candidates(line).AsEnumerable());

    [Fact]
    public void A_name_is_found_by_any_part_of_it_but_by_its_beginning_first()
    {
        Assert.Equal(["main", "main.(*T).run"], Candidates("list main").AsEnumerable());
        Assert.Equal(["main.(*T).run"], Candidates("list T).r").AsEnumerable());
    }

    [Fact]
    public void A_name_that_is_no_pattern_of_itself_is_written_so_that_it_is()
    {
        Assert.Equal([@"walk\[\.\.\.\]"], Candidates("list walk").AsEnumerable());
        Assert.Equal([@"Decoder::read\(int,.char\)"], Candidates("list Decoder").AsEnumerable());
    }

    [Fact]
    public void A_name_that_would_write_to_the_terminal_is_never_offered() => Assert.Empty(Candidates("list evil"));

    private static ImmutableArray<string> Candidates(string line)
    {
        var builder = new ProfileBuilder(new ProfileHeader { SampleTypes = [new SampleType("cpu", "nanoseconds")] });
        LocationId Frame(string name) => builder.Location(builder.Function(name), 1);
        StackId stack = builder.Stack(
            [Frame("decode"), Frame("serve.Any"), Frame("main.(*T).run"), Frame("walk[...]"), Frame("Decoder::read(int, char)"), Frame("evil\e[2J"), Frame("main")]);
        builder.AddSample(stack, [5], builder.LabelSet(Label.OfText(builder.String("request"), builder.String("42"))));
        Completion completion = new ShellCompleter(builder.Build(), ["total_cpu", "mean_cpu", ":"]).Complete(line);
        return completion.Candidates;
    }
}
