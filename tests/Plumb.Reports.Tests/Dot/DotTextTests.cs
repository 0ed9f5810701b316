using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Reports.Dot;
using Plumb.Reports.Options;

namespace Plumb.Reports.Tests.Dot;

public class DotTextTests
{
    [Fact]
    public void Paths_through_nodes_that_were_cut_are_dotted()
    {
        string dot = Print(FoldedText.Parse("main;a;b;leaf 10\nmain 1"), new ReportOptions { NodeCount = 2, NodeFraction = 0, EdgeFraction = 0 });

        Assert.Contains("tooltip=\"main ... leaf (10)\"", dot, StringComparison.Ordinal);
        Assert.Contains("style=\"dotted\"", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_in_a_name_does_not_end_the_attribute()
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        LocationId location = builder.Location(builder.Function("f\"x"));
        LabelSetId labels = builder.LabelSet(Label.OfText(builder.String("k"), builder.String("v\" URL=\"http://evil\"")));
        builder.AddSample(builder.Stack([location]), [1], labels);

        string dot = Print(builder.Build(), ReportText.Plain);

        Assert.Contains("tooltip=\"f\\\"x (1)\"", dot, StringComparison.Ordinal);
        Assert.Contains("label = \"k:v\\\" URL=\\\"http://evil\\\"\"", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_in_a_path_does_not_end_the_attribute()
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        FunctionId function = builder.Function("f", "src/x\" URL=\"evil\\a.go");
        builder.AddSample(builder.Stack([builder.Location(0, MappingId.None, [new Line(function, 7, 0)])]), [1]);

        string dot = Print(builder.Build(), ReportText.Plain with { Granularity = Granularity.Lines });

        Assert.Contains("evil\\\\a.go:7", dot, StringComparison.Ordinal);
        Assert.DoesNotContain("x\" URL", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_function_under_two_callers_is_two_nodes_in_a_call_tree()
    {
        Profile profile = FoldedText.Parse("main;a;work 3\nmain;b;work 2");

        Assert.Equal(1, Count(Print(profile, ReportText.Plain), "[label=\"work\\n"));
        Assert.Equal(2, Count(Print(profile, ReportText.Plain with { CallTree = true }), "[label=\"work\\n"));
    }

    [Fact]
    public void A_call_tree_cut_short_keeps_its_branches_together()
    {
        string dot = Print(
            FoldedText.Parse("main;a;b;work 30\nmain;c 1"), new ReportOptions { CallTree = true, NodeFraction = 0.5, EdgeFraction = 0, NodeCount = 0 });

        Assert.DoesNotContain("[label=\"c\\n", dot, StringComparison.Ordinal);
        Assert.Contains("b -> work", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_nodes_of_the_graph_are_connected()
    {
        string dot = Print(FoldedText.Parse("main;grew 5\nmain;same 0\nmain;shrank -7"), ReportText.Plain with { DropNegative = true });

        Assert.DoesNotContain("N0", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_sizes_become_four_ranges()
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        StackId stack = builder.Stack([builder.Location(builder.Function("alloc"))]);
        for (int i = 0; i < 10; i++)
            builder.AddSample(stack, [100 - i], builder.LabelSet(Label.OfNumber(builder.String("bytes"), 1L << (10 + i), builder.String("bytes"))));

        string dot = Print(builder.Build(), ReportText.Plain);

        Assert.Equal(4, Count(dot, "shape=box3d"));
        Assert.Contains("8kB..512kB", dot, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("github.com/google/pprof/internal/graph.(*Graph).Sort", "graph.(*Graph).Sort")]
    [InlineData("example.org/lib/v3/client.New", "client.New")]
    [InlineData("main.main", "main.main")]
    [InlineData("java.util.HashMap.put(Object, Object)", "HashMap.put")]
    [InlineData("com.foo.Outer$Inner.<init>(int)", "Outer$Inner.<init>")]
    [InlineData("foo::bar::Baz::Run<int>(char)", "Baz::Run<int>")]
    [InlineData("(anonymous namespace)::Helper::Do", "Helper::Do")]
    [InlineData("operator new", "operator new")]
    // The same rules once more, as the reference's own tests have them, on other names.
    [InlineData("root", "root")]
    [InlineData("os/exec.(*Cmd).Start", "exec.(*Cmd).Start")]
    [InlineData("github.com/UpperCase/shop.Buy[...]", "shop.Buy[...]")]
    [InlineData("github.com/dash-ed/under_scored.(*CamelCase).Run", "under_scored.(*CamelCase).Run")]
    [InlineData("encoding/xml.(*printer).(encoding/xml.mark)-fm", "xml.(*printer).(encoding/xml.mark)-fm")]
    [InlineData("github.com/a/b/vendor/gopkg.in/yaml.v3.(*node).(github.com/a/b/vendor/gopkg.in/yaml.v3.walk)-fm", "yaml.v3.(*node).(github.com/a/b/vendor/gopkg.in/yaml.v3.walk)-fm")]
    [InlineData("github.com/a/shop/v4.(*Cart).Add", "shop.(*Cart).Add")]
    [InlineData("github.com/a/shop/v4/cart.Item.Add", "cart.Item.Add")]
    [InlineData("github.com/a/shop/v123.(*Cart).Add", "shop.(*Cart).Add")]
    [InlineData("github.com/shop/v0.(*Cart).Add", "v0.(*Cart).Add")]
    [InlineData("github.com/shop/v1.(*Cart).Add", "v1.(*Cart).Add")]
    [InlineData("example.org/v2shop.Add", "v2shop.Add")]
    [InlineData("github.com/a/shop/v4/v4.(*Cart).Add", "v4.(*Cart).Add")]
    [InlineData("github.com/a/shop/v4/a/shop/v4.(*Cart).Add", "v4.(*Cart).Add")]
    [InlineData("java.util.concurrent.ForkJoinPool$WorkQueue.run", "ForkJoinPool$WorkQueue.run")]
    [InlineData("org.shop.Cart.add(java.lang.Object)", "Cart.add")]
    [InlineData("org.shop.bench.CartBench.lambda$add$0", "CartBench.lambda$add$0")]
    [InlineData("org.shop.Cart.add$0", "Cart.add$0")]
    [InlineData("(anonymous namespace)::add", "add")]
    [InlineData("shop::inner::Cart::add()::$_100::operator()", "Cart::add")]
    [InlineData("shop_inner::Cart::add", "Cart::add")]
    [InlineData("shop::inner::Cart::add<float, long, int>()", "Cart::add<float, long, int>")]
    [InlineData("shop/cart", "shop/cart")]
    public void Names_lose_what_all_names_of_a_program_share(string name, string expected) => Assert.Equal(expected, ShortName.Of(name));

    private static string Print(Profile profile, ReportOptions options) => ReportText.Print(profile, ReportFormat.Dot, options);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
