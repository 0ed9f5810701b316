using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering.Markdown;
using Plumb.Cli.Leaks.Sources;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Tests.Leaks.Reports;

public sealed class MarkdownTests
{
    [Fact]
    public void A_leak_fits_into_a_comment() => GoldenFile.Matches("leak.md", Show(Samples.Leak));

    [Fact]
    public void No_leak_is_a_few_lines()
    {
        string text = Show(Samples.None);
        Assert.StartsWith("## 🟢 NO LEAK: http\\://127.0.0.1:6060\n", text, StringComparison.Ordinal);
        Assert.InRange(text.Split('\n').Length, 5, 20);
    }

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;")]
    [InlineData("[click](javascript:x)", "\\[click\\](javascript:x)")]
    [InlineData("![x](http://evil/)", "\\!\\[x\\](http\\://evil/)")]
    [InlineData("**bold** _it_ ~~no~~ `code`", "\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\`code\\`")]
    [InlineData("@everyone", "&#64;everyone")]
    [InlineData("# title", "\\# title")]
    [InlineData("- item", "\\- item")]
    [InlineData("1. item", "1\\. item")]
    [InlineData("+200 goroutines/s in 1.5 s", "+200 goroutines/s in 1.5 s")]
    [InlineData("two\nlines", "two\\\\nlines")]
    [InlineData("&lt;b&gt;", "&amp;lt;b&amp;gt;")]
    [InlineData("$x$", "\\$x\\$")]
    public void Text_reads_as_itself(string text, string escaped) => Assert.Equal(escaped, MarkdownText.Escape(text));

    [Theory]
    [InlineData("main.f", "`main.f`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`a``", "``` `a`` ```")]
    [InlineData("a|b", "`a∣b`")]
    [InlineData("", "–")]
    [InlineData("a\nb", "`a\\nb`")]
    public void A_code_span_cannot_be_left(string text, string span) => Assert.Equal(span, MarkdownText.Code(text));

    [Fact]
    public void A_block_cannot_be_left()
    {
        using var output = new StringWriter();
        new MarkdownWriter(output).Block("go", ["````", "<b>", "x\u001b[2J"]);
        Assert.Equal("`````go\n````\n<b>\nx\\x1b[2J\n`````\n", output.ToString());
    }

    [Fact]
    public void Nothing_that_an_attacker_wrote_becomes_markup()
    {
        string evil = "x</details><script>alert(1)</script>|`@team\n\n# [a](http://evil)";
        Finding finding = Samples.Leak.Findings[0] with { Function = evil, Title = evil, Cause = evil, Remedy = evil, Reference = evil, File = evil };
        string text = Show(Samples.Leak with { Findings = [finding], Reason = evil, Notes = [evil] });
        // Inside code spans nothing is markup, and their delimiters are longer than what is inside.
        string outside = System.Text.RegularExpressions.Regex.Replace(text, "(`+)(?!`).*?(?<!`)\\1(?!`)", "");
        Assert.DoesNotContain("<script", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("@team", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("](http", outside.Replace("\\](http", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(text.Split("<details>").Length, text.Split("\n</details>").Length);
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("# ", StringComparison.Ordinal));
    }

    private static string Show(Diagnosis diagnosis)
    {
        using var output = new StringWriter();
        new DiagnosisMarkdown(output, new SourceFolders([])).Write(new LeaksOutcome("http://127.0.0.1:6060", diagnosis, Samples.Load()));
        return output.ToString();
    }
}
