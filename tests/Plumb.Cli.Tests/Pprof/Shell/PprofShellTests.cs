using System.Text;
using Plumb.Cli.Pprof;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;
using Plumb.Reports.Options;

namespace Plumb.Cli.Tests.Pprof.Shell;

public sealed class PprofShellTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("plumb-shell").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_command_prints_its_report_and_the_shell_goes_on_until_the_end()
    {
        (string output, string talk) = Type("top", "tags");

        Assert.Contains("work", output, StringComparison.Ordinal);
        Assert.Equal(3, output.Split("(pprof) ").Length - 1);
        Assert.Contains("Entering interactive mode", talk, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_behind_a_command_limits_it() =>
        Assert.Contains("Showing top 1 nodes out of 3", Type("top1 -cum").Output, StringComparison.Ordinal);

    [Fact]
    public void Words_focus_a_dash_ignores_and_neither_outlasts_the_command()
    {
        string output = Type("folded work", "folded -work", "folded").Output;

        Assert.Equal("(pprof) main;work 3\n(pprof) main;rest 1\n(pprof) main;rest 1\nmain;work 3\n(pprof) ", output);
    }

    [Fact]
    public void A_setting_stays_until_it_is_changed()
    {
        string output = Type("ignore=rest", "folded", "ignore=", "folded").Output;

        Assert.Equal("(pprof) (pprof) main;work 3\n(pprof) (pprof) main;rest 1\nmain;work 3\n(pprof) ", output);
    }

    [Fact]
    public void A_colon_clears_the_filters() =>
        Assert.Equal("(pprof) (pprof) (pprof) main;rest 1\nmain;work 3\n(pprof) ", Type("focus=work", ":", "folded").Output);

    [Fact]
    public void The_name_of_a_sample_type_chooses_it() =>
        Assert.Equal("(pprof) (pprof) main;rest 8\nmain;work 9\n(pprof) ", Type("space", "folded").Output);

    [Fact]
    public void A_choice_is_set_by_its_name_and_a_comment_is_passed_over()
    {
        string talk = Type("cum", "nodecount=7 //: few", "o").Talk;

        Assert.Contains("sort                      = cum                  //: [cum | flat]", talk, StringComparison.Ordinal);
        Assert.Contains("nodecount                 = 7\n", talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("focus main", "did you mean: focus=main")]
    [InlineData("nonsense", "unrecognized command: \"nonsense\"")]
    [InlineData("topp", "unrecognized command: \"topp\"; did you mean top?")]
    [InlineData("foucs=main", "did you mean focus=main?")]
    [InlineData("granularity=line", "it is one of functions, filefunctions, files, lines, addresses")]
    [InlineData("help granularity", "  lines           Aggregate at the source code line level.")]
    [InlineData("list", "command list requires an argument")]
    [InlineData("peek nothing", "no matches found for regexp: nothing")]
    [InlineData("nodecount=many", "nodecount: \"many\" is not a whole number")]
    [InlineData("sample_index=9", "sample_index 9 is outside the range [0..1]")]
    [InlineData("focus", "please specify a value, e.g. focus=<val>")]
    [InlineData("top >", "unexpected end of line after >")]
    public void A_mistake_is_named_and_the_shell_goes_on(string line, string message)
    {
        (string output, string talk) = Type(line, "folded");

        Assert.Contains(message, talk, StringComparison.Ordinal);
        Assert.Contains("main;work 3", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_can_be_sent_to_a_file()
    {
        Type("folded >out.txt");

        Assert.Equal("main;rest 1\nmain;work 3\n", File.ReadAllText(Path.Combine(_directory, "out.txt")));
    }

    [Fact]
    public void Help_lists_the_commands_and_explains_one()
    {
        Assert.Contains("    traces            Outputs all profile samples in text form", Type("help").Talk, StringComparison.Ordinal);
        Assert.Contains("Hide nodes below <f>*total", Type("help nodefraction").Talk, StringComparison.Ordinal);
        Assert.Contains("Unknown command: nonsense", Type("help nonsense").Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_says_how_a_command_is_typed() =>
        Assert.Contains("    top [n] [focus_regex]* [-ignore_regex]* [-cum] [>file]\n", Type("help top").Talk, StringComparison.Ordinal);

    [Fact]
    public void Every_command_and_every_option_has_help()
    {
        string[] topics = [.. PprofCommand.All.Select(command => command.Name), .. OptionTable.All.Select(option => option.Name), .. OptionTable.Choices.Keys];

        Assert.DoesNotContain("Unknown command", Type([.. topics.Select(topic => $"help {topic}")]).Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_words_that_are_no_patterns_keep_their_meaning() =>
        Assert.Equal("(pprof) main;(*T).run 2\nmain;rest 8\n(pprof) ", TypeOn("main;(*T).run 2\nmain;rest 8\nmain;work 3", "folded (*T).run rest").Output);

    [Fact]
    public void A_report_can_be_had_as_json_for_one_command_or_for_all()
    {
        string output = Type("top1 -json", "json", "comments", "json=false", "folded").Output;

        Assert.Contains("(pprof) {\"schema\":1,\"view\":\"top\"", output, StringComparison.Ordinal);
        Assert.Contains("\"view\":\"comments\"", output, StringComparison.Ordinal);
        Assert.EndsWith("(pprof) (pprof) main;rest 1\nmain;work 3\n(pprof) ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_do_not_come_between_the_prompts()
    {
        (string output, string talk) = Type("proto", "callgrind");

        Assert.Equal("(pprof) (pprof) (pprof) ", output);
        Assert.Contains("Generating report in profile001.pb.gz\nGenerating report in profile001.callgraph.out\n", talk, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_is_read_without_echo_or_escape_sequences()
    {
        (string output, string talk) = Type("folded");

        Assert.DoesNotContain('\e', output + talk);
        Assert.Equal("(pprof) main;rest 1\nmain;work 3\n(pprof) ", output);
    }

    [Fact]
    public void On_a_terminal_lines_are_edited_completed_and_remembered()
    {
        var terminal = new FakeTerminal(80, FakeTerminal.Slowly(Keys.Of("fol", "Tab", "wo", "Tab", "Enter", "Up", "Enter", "^D")));

        string output = OnTerminal(terminal);

        Assert.Equal("main;work 3\nmain;work 3\n", output);
        Assert.Equal("(pprof) folded work\n(pprof) folded work\n(pprof)", terminal.Screen);
        Assert.Equal(["folded work"], File.ReadAllLines(Path.Combine(_directory, "plumb", "pprof_history")));
    }

    [Fact]
    public void Control_C_ends_the_command_and_not_the_shell()
    {
        Action interrupt = () => { };
        using var output = new InterruptingStream(() => interrupt());
        using var talk = new StringWriter { NewLine = "\n" };
        Save(string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"main;work{i} 1")));
        var host = new PprofHost(output, talk, false, _directory, _ => null, TimeZoneInfo.Utc)
        {
            Input = () => new StringReader("traces\ncomments\nfolded work19999"),
            OnInterrupt = action =>
            {
                interrupt = action;
                return new MemoryStream();
            },
        };

        Assert.Equal(0, PprofProgram.Run(["a.pb.gz"], host));
        Assert.EndsWith("interrupted\n", talk.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("(pprof) (pprof) main;work19999 1\n(pprof) ", output.Text, StringComparison.Ordinal);
        Assert.InRange(output.Length, 1, 1 << 20);
    }

    private (string Output, string Talk) Type(params string[] lines) => TypeOn(null, lines);

    private (string Output, string Talk) TypeOn(string? folded, params string[] lines)
    {
        Save(folded);
        using var output = new MemoryStream();
        using var talk = new StringWriter { NewLine = "\n" };
        var host = new PprofHost(output, talk, false, _directory, _ => null, TimeZoneInfo.Utc)
        {
            Input = () => new StringReader(string.Join('\n', lines)),
        };

        Assert.Equal(0, PprofProgram.Run([$"-sample_index={(folded is null ? "objects" : "samples")}", "a.pb.gz"], host));
        return (Encoding.UTF8.GetString(output.ToArray()), talk.ToString());
    }

    private string OnTerminal(FakeTerminal terminal)
    {
        Save(null);
        using var output = new MemoryStream();
        using var talk = new StringWriter();
        var host = new PprofHost(output, talk, true, _directory, name => name == "XDG_STATE_HOME" ? _directory : null, TimeZoneInfo.Utc)
        {
            Terminal = () => terminal,
        };

        Assert.Equal(0, PprofProgram.Run(["-sample_index=objects", "a.pb.gz"], host));
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private void Save(string? folded)
    {
        Profile profile = folded is null
            ? FoldedText.Parse("main;work 3 9\nmain;rest 1 8", new SampleType("objects", "count"), new SampleType("space", "count"))
            : FoldedText.Parse(folded);
        File.WriteAllBytes(Path.Combine(_directory, "a.pb.gz"), ProfileEncoder.EncodeGzip(profile));
    }

    /// <summary>Somebody presses Ctrl-C as soon as a long report begins to scroll by.</summary>
    private sealed class InterruptingStream(Action interrupt) : MemoryStream
    {
        private bool _isDone;

        public string Text => Encoding.UTF8.GetString(ToArray());

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            if (_isDone || buffer.Length < 1000)
                return;

            _isDone = true;
            interrupt();
        }
    }
}
