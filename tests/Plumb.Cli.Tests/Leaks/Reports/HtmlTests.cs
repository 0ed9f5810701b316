using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering.Html;
using Plumb.Cli.Leaks.Sources;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Tests.Leaks.Reports;

public sealed partial class HtmlTests
{
    private static readonly StackGrowth s_growth = new(
        new GrowthNode("live heap", FrameOwner.Standard, 9e6,
        [
            new GrowthNode("net/http.(*conn).serve", FrameOwner.Standard, 8e6, [new GrowthNode("main.(*userStore).loadUser", FrameOwner.Application, 8e6, [])]),
            new GrowthNode("runtime.main", FrameOwner.Standard, 1e6, []),
        ]),
        null);

    [Fact]
    public void A_leak_is_a_page_with_charts_and_a_flame_graph() => GoldenFile.Matches("leak.html", WithoutAssets(Show(Samples.Leak)));

    [Theory]
    [InlineData("leak")]
    [InlineData("hostile")]
    public void The_page_is_well_formed_and_its_only_script_and_style_are_those_of_its_policy(string name)
    {
        string page = Show(name == "leak" ? Samples.Leak : Samples.Hostile);
        XElement root = Parse(page);
        string policy = (string)root.Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!;
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.Equal(new HtmlAsset(root.Descendants("style").Single().Value).Hash, Hash(policy, "style-src"));
        Assert.Equal(new HtmlAsset(root.Descendants("script").Single().Value).Hash, Hash(policy, "script-src"));
    }

    [Fact]
    public void Nothing_is_loaded_and_nothing_runs_outside_the_script()
    {
        XElement root = Parse(Show(Samples.Leak));
        List<XAttribute> attributes = [.. root.Descendants().Attributes()];
        Assert.DoesNotContain(attributes, attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName is "src" or "style" or "srcset");
        Assert.All(attributes.Where(attribute => attribute.Name.LocalName == "href"), link => Assert.Matches("^(https://|#finding-)", link.Value));
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "link" or "img" or "iframe" or "object" or "form" or "base");
    }

    [Fact]
    public void Nothing_that_a_profile_says_becomes_markup()
    {
        const string evil = "\"'></title></svg></pre><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u001b[2J";
        Frame frame = new(evil, evil, evil, 7, FrameOwner.Application);
        Finding finding = Samples.Leak.Findings[0] with
        {
            Function = evil,
            File = evil,
            Title = evil,
            Cause = evil,
            Remedy = evil,
            Pattern = evil,
            Reference = "javascript:alert(1)//" + evil,
            Resources = [evil],
            Frame = frame,
            Stack = [frame],
            CreatedBy = [frame],
            OtherEnds = [frame],
            Victims = [new Victim(evil, frame, evil, 1)],
            Evidence = [.. Samples.Leak.Findings[0].Evidence.Select(one => one with { Name = evil, Unit = evil })],
        };
        var growth = new StackGrowth(new GrowthNode(evil, FrameOwner.Standard, 1, [new GrowthNode(evil, FrameOwner.Application, 1, [])]), null);
        XElement harmless = Parse(Show(Samples.Leak with { Findings = [Samples.Leak.Findings[0]] }));
        string page = Show(Samples.Leak with { Findings = [finding], Reason = evil, Notes = [evil] }, growth, target: evil);
        XElement root = Parse(page);
        Assert.Single(root.Descendants("script"));
        Assert.Empty(root.Descendants("img"));
        Assert.DoesNotContain(root.Descendants().Attributes("href"), link => link.Value.StartsWith("javascript", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(page, c => c != '\n' && (char.IsControl(c) || c == '\u202e'));
        Assert.Subset(harmless.Descendants().Select(element => element.Name.LocalName).ToHashSet(), root.Descendants().Select(element => element.Name.LocalName).ToHashSet());
    }

    [Fact]
    public void A_large_diagnosis_stays_a_page_that_can_be_sent_by_mail()
    {
        EvidenceSeries series = Samples.Leak.Findings[0].Evidence[0];
        double[] values = [.. Enumerable.Range(0, 20_000).Select(i => (double)i)];
        EvidenceSeries large = series with { Name = new string('x', 1 << 20), Seconds = values, Values = values };
        Finding finding = Samples.Leak.Findings[0] with { Function = new string('f', 1 << 20), Evidence = [.. Enumerable.Repeat(large, 50)], Stack = [.. Enumerable.Repeat(Samples.LoadUser, 5000)] };
        GrowthNode tree = new("leaf", FrameOwner.Application, 1, []);
        GrowthNode wide = new("root", FrameOwner.Standard, 5000, [.. Enumerable.Repeat(tree, 5000)]);
        string page = Show(Samples.Leak with { Findings = [.. Enumerable.Repeat(finding, 3)] }, new StackGrowth(wide, wide));
        Assert.InRange(page.Length, 100_000, 1_200_000);
    }

    [Theory]
    [InlineData(0, 5012, false, 0, 6000)]
    [InlineData(9, 10, false, 0, 12)]
    [InlineData(4000, 4010, false, 4000, 5000)]
    [InlineData(0, 9.5e6, true, 0, 12582912)]
    [InlineData(0, 0, false, 0, 4)]
    public void An_axis_has_round_ends(double low, double high, bool isBytes, double from, double to)
    {
        ChartScale scale = ChartScale.Of(low, high, isBytes);
        Assert.True(scale.Low <= low && scale.High >= high, $"{scale.Low}..{scale.High}");
        Assert.InRange(scale.Low, from - (0.2 * to) - 4, from);
        Assert.InRange(scale.High, high, to);
        Assert.InRange(scale.Ticks.Count(), 2, 8);
    }

    // A document of HTML that is XML as well, once the elements without an end are closed.
    private static XElement Parse(string page)
    {
        string closed = VoidElement().Replace(page.Replace("<!doctype html>", "", StringComparison.Ordinal), "$0</$1>");
        string quoted = Raw().Replace(closed, match => $"{match.Groups[1].Value}<![CDATA[{match.Groups[3].Value}]]>{match.Groups[4].Value}");
        return XElement.Parse(quoted, LoadOptions.PreserveWhitespace);
    }

    private static string Hash(string policy, string directive) =>
        policy.Split("; ").Single(part => part.StartsWith(directive, StringComparison.Ordinal))[(directive.Length + 1)..];

    // The golden page shows the markup; style and script are files of their own in the tree, and the version is of the commit.
    private static string WithoutAssets(string page) => Policy().Replace(
        page.Replace(Program.Version(), "VERSION", StringComparison.Ordinal).Replace(HtmlAsset.Style.Text, "…", StringComparison.Ordinal).Replace(HtmlAsset.Script.Text, "…", StringComparison.Ordinal), "sha256-…");

    private static string Show(Diagnosis diagnosis, StackGrowth? growth = null, string target = "http://127.0.0.1:6060")
    {
        using var output = new StringWriter();
        var outcome = new LeaksOutcome(target, diagnosis, Samples.Load())
        {
            StartedAt = new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero),
            Growth = growth ?? s_growth,
        };
        new DiagnosisHtml(output, new SourceFolders([])).Write(outcome);
        return output.ToString();
    }

    [GeneratedRegex("<(meta)[^>]*>")]
    private static partial Regex VoidElement();

    [GeneratedRegex("(<(style|script)>)(.*?)(</\\2>)", RegexOptions.Singleline)]
    private static partial Regex Raw();

    [GeneratedRegex("sha256-[A-Za-z0-9+/=&#;]+")]
    private static partial Regex Policy();
}
