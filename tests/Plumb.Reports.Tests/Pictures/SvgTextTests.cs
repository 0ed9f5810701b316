using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Reports.Graphs;
using Plumb.Reports.Layouts;
using Plumb.Reports.Options;
using Plumb.Reports.Pictures;
using Plumb.Reports.Text;

namespace Plumb.Reports.Tests.Pictures;

public class SvgTextTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Entries_calls_and_legend_are_drawn_with_their_amounts()
    {
        XElement svg = Draw(FoldedText.Parse("main;serve;decode 3\nmain;serve;encode 1"), new ReportOptions());

        Assert.Equal(["decode 3 (75.00%)", "encode 1 (25.00%)", "main 0 of 4 (100%)", "serve 0 of 4 (100%)"], Texts(svg, "node").Order(StringComparer.Ordinal));
        Assert.Equal(["main -> serve (4)", "serve -> decode (3)", "serve -> encode (1)"], Tooltips(svg, "edge").Order(StringComparer.Ordinal));
        Assert.Contains("Showing nodes accounting for 4, 100% of 4 total", Assert.Single(Texts(svg, "legend")), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_become_small_boxes_below_their_entry()
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        StackId stack = builder.Stack([builder.Location(builder.Function("work"))]);
        builder.AddSample(stack, [5], builder.LabelSet(Label.OfText(builder.String("user"), builder.String("<b>ann</b>")), Label.OfText(builder.String("zone"), builder.String("north"))));

        XElement svg = Draw(builder.Build(), ReportText.Plain);

        Assert.Equal("user:<b>ann</b> zone:north", Assert.Single(Texts(svg, "tag")));
    }

    [Fact]
    public void Paths_through_entries_that_are_left_out_are_dotted()
    {
        XElement svg = Draw(FoldedText.Parse("main;a;b;leaf 10\nmain 1"), new ReportOptions { NodeCount = 2, NodeFraction = 0, EdgeFraction = 0 });

        XElement edge = Assert.Single(svg.Elements(s_svg + "g"), g => g.Attribute("class")?.Value == "edge");
        Assert.Equal("main ... leaf (10)", edge.Element(s_svg + "title")!.Value);
        Assert.NotNull(edge.Element(s_svg + "path")!.Attribute("stroke-dasharray"));
    }

    [Theory]
    [InlineData("</title><script>alert(1)</script>")]
    [InlineData("\" onload=\"alert(1)")]
    [InlineData("' ]]> <![CDATA[ &amp; &#0; &x;")]
    [InlineData("<?xml version=\"1.0\"?><!ENTITY x SYSTEM \"file:///etc/passwd\">")]
    [InlineData("a\0b\u0001c\u001b[31md\ufffee\uffff")]
    [InlineData("\u202egnp.exe")]
    [InlineData("😀::名前.関数")]
    public void A_name_is_text_and_nothing_else(string name)
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        LocationId hostile = builder.Location(builder.Function(name)), main = builder.Location(builder.Function("main"));
        LabelSetId labels = builder.LabelSet(Label.OfText(builder.String("k"), builder.String(name)));
        builder.AddSample(builder.Stack([hostile, main]), [1], labels);
        builder.Mapping(new Mapping(1, 2, 0, "/" + name.Replace('/', '_'), name));

        XElement svg = Draw(builder.Build(), ReportText.Plain with { CompactLabels = false });

        // One script, which is ours; nothing that loads or acts; no attribute but those that are written.
        Assert.Equal(["g", "path", "polygon", "rect", "script", "svg", "text", "title"], svg.DescendantsAndSelf().Select(e => e.Name.LocalName).Distinct().Order(StringComparer.Ordinal));
        Assert.Single(svg.Descendants(s_svg + "script"));
        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name.LocalName == "href");
        Assert.Equal(SvgPanning.Script.Split('\n')[1..^1], svg.Descendants(s_svg + "script").Single().Value.Trim('\n').Split('\n'));
    }

    [Fact]
    public void A_name_of_a_megabyte_makes_no_picture_of_a_kilometre()
    {
        string name = string.Join('.', Enumerable.Repeat(new string('x', 1_000), 1_000));

        GraphScene scene = Scene(FoldedText.Parse($"{name} 1"), ReportText.Plain);

        Assert.InRange(scene.Width, 1, 3_000);
        Assert.InRange(scene.Height, 1, 1_000);
    }

    [Fact]
    public void Every_text_says_how_wide_it_is_so_that_it_fits_in_any_font()
    {
        XElement svg = Draw(FoldedText.Parse("main;iiiiii 3\nmain;WWWWWW 3"), ReportText.Plain);

        double narrow = Width(svg, "iiiiii"), wide = Width(svg, "WWWWWW");
        Assert.True(narrow * 3 < wide, $"{narrow} and {wide}");
        foreach (XElement node in svg.Elements(s_svg + "g").Where(g => g.Attribute("class")?.Value == "node"))
        {
            double box = double.Parse(node.Element(s_svg + "rect")!.Attribute("width")!.Value, CultureInfo.InvariantCulture);
            Assert.All(node.Elements(s_svg + "text"), text => Assert.True(double.Parse(text.Attribute("textLength")!.Value, CultureInfo.InvariantCulture) < box));
        }
    }

    [Fact]
    public void The_legend_stands_alone()
    {
        GraphScene scene = Scene(FoldedText.Parse("main;a 3\nother;b 2\nthird;c 5"), new ReportOptions());

        SceneBox legend = Assert.Single(scene.Boxes, box => box.Kind == SceneBoxKind.Legend);
        Assert.All(scene.Boxes.Where(box => box != legend), box => Assert.False(box.Place.Overlaps(legend.Place)));
        Assert.All(scene.Lines.SelectMany(line => line.Place.Curve), point => Assert.False(legend.Place.Overlaps(new LayoutBox(point.X, point.Y, 0.01, 0.01))));
    }

    [Fact]
    public void A_picture_of_Graphviz_gets_the_script_and_keeps_the_rest()
    {
        const string Drawn = "<?xml version=\"1.0\"?>\n<svg width=\"10pt\" height=\"20pt\"\n viewBox=\"0.00 0.00 10 20\" xmlns=\"http://www.w3.org/2000/svg\">\n<g id=\"graph0\"><title>x</title></g>\n</svg>\n";

        XElement svg = XElement.Parse(SvgPanning.AddTo(Drawn));

        Assert.Equal(("100%", "0.00 0.00 10 20"), (svg.Attribute("width")!.Value, svg.Attribute("viewBox")!.Value));
        Assert.Equal(["g", "script"], svg.Elements().Select(e => e.Name.LocalName));
        Assert.Equal("no picture", SvgPanning.AddTo("no picture"));
    }

    private static double Width(XElement svg, string text) => double.Parse(
        svg.Descendants(s_svg + "text").First(e => e.Value == text).Attribute("textLength")!.Value, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Texts(XElement svg, string kind) => Groups(svg, kind).Select(g => string.Join(' ', g.Elements(s_svg + "text").Select(e => e.Value)));

    private static IEnumerable<string> Tooltips(XElement svg, string kind) => Groups(svg, kind).Select(g => g.Element(s_svg + "title")!.Value);

    private static IEnumerable<XElement> Groups(XElement svg, string kind) => svg.Elements(s_svg + "g").Where(g => g.Attribute("class")?.Value == kind);

    private static XElement Draw(Profile profile, ReportOptions options)
    {
        using var target = new MemoryStream();
        using (var writer = new ReportWriter(target))
            SvgText.Write(Scene(profile, options), writer);

        // Refuses what is no XML, and would refuse entities.
        using XmlReader reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(target.ToArray())), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static GraphScene Scene(Profile profile, ReportOptions options)
    {
        Report report = ReportText.Report(profile, ReportFormat.Dot, options);
        GraphView view = GraphView.Compute(report);
        return GraphScene.Compute(GraphPicture.Compute(view, report.Amounts(view.Unit)));
    }
}
