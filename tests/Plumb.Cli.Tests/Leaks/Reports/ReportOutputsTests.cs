using Plumb.Cli.Leaks.Rendering;

namespace Plumb.Cli.Tests.Leaks.Reports;

public sealed class ReportOutputsTests
{
    private static readonly ReportFormat[] s_all = Enum.GetValues<ReportFormat>();

    [Fact]
    public void Without_options_the_terminal_gets_the_report() => Assert.Equal((ReportFormat.Terminal, ""), Make(null));

    [Theory]
    [InlineData("report.html", "Html")]
    [InlineData("report.md", "Markdown")]
    [InlineData("report.json", "Json")]
    [InlineData("report.sarif", "Sarif")]
    [InlineData("report.SARIF.json", "Sarif")]
    [InlineData("report.txt", "Terminal")]
    public void The_ending_of_a_file_is_its_format_and_the_terminal_is_still_told(string file, string format) =>
        Assert.Equal((ReportFormat.Terminal, format), Make(null, file));

    [Fact]
    public void A_format_that_a_file_already_has_is_not_printed_as_well() =>
        Assert.Equal((ReportFormat.Terminal, "Html"), Make(ReportFormat.Html, "report.html"));

    [Fact]
    public void A_format_and_a_file_of_another_give_both() => Assert.Equal((ReportFormat.Json, "Html"), Make(ReportFormat.Json, "report.html"));

    [Fact]
    public void A_file_without_an_ending_takes_the_format() => Assert.Equal((ReportFormat.Terminal, "Json"), Make(ReportFormat.Json, "report"));

    [Theory]
    [InlineData("report", "--format")]
    [InlineData("no/such/folder/report.html", "no such folder")]
    [InlineData(".", "--format")]
    public void A_file_that_cannot_be_is_told_before_anything_is_watched(string file, string reason)
    {
        Assert.False(ReportOutputs.TryMake(null, [file], s_all, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_format_that_the_command_does_not_have_is_refused()
    {
        Assert.False(ReportOutputs.TryMake(null, ["x.sarif"], [ReportFormat.Terminal, ReportFormat.Json], out _, out string? problem));
        Assert.Contains("terminal or json", problem, StringComparison.Ordinal);
    }

    private static (ReportFormat Standard, string Files) Make(ReportFormat? format, params string[] files)
    {
        Assert.True(ReportOutputs.TryMake(format, files, s_all, out ReportOutputs? outputs, out string? problem), problem);
        return (outputs.Standard, string.Join(' ', outputs.Files.Select(file => file.Format)));
    }
}
