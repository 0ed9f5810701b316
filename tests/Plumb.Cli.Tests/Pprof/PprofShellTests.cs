using System.Text;
using Plumb.Cli.Pprof;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;

namespace Plumb.Cli.Tests.Pprof;

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

    private (string Output, string Talk) Type(params string[] lines)
    {
        Profile profile = FoldedText.Parse("main;work 3 9\nmain;rest 1 8", new SampleType("objects", "count"), new SampleType("space", "count"));
        File.WriteAllBytes(Path.Combine(_directory, "a.pb.gz"), ProfileEncoder.EncodeGzip(profile));
        using var output = new MemoryStream();
        using var talk = new StringWriter { NewLine = "\n" };
        var host = new PprofHost(output, talk, false, _directory, _ => null, TimeZoneInfo.Utc)
        {
            Input = () => new StringReader(string.Join('\n', lines)),
        };

        Assert.Equal(0, PprofProgram.Run(["-sample_index=objects", "a.pb.gz"], host));
        return (Encoding.UTF8.GetString(output.ToArray()), talk.ToString());
    }
}
