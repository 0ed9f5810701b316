using System.Xml.Linq;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;

namespace Plumb.Cli.Tests.Pprof;

public sealed class GraphDrawingTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("plumb-pictures").FullName;

    public GraphDrawingTests() =>
        File.WriteAllBytes(Path.Combine(_directory, "a.pb.gz"), ProfileEncoder.EncodeGzip(FoldedText.Parse("main;work 3\nmain;rest 1", SampleType.Cpu)));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Without_Graphviz_an_svg_is_drawn_all_the_same()
    {
        PprofRun run = Run("-svg");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("main -> work (3ns)", Tooltips(run.Text));
    }

    [Theory]
    [InlineData("-png")]
    [InlineData("-pdf")]
    [InlineData("-ps")]
    [InlineData("-gif")]
    public void Without_Graphviz_other_pictures_say_what_to_install_and_what_does_without(string format)
    {
        PprofRun run = Run(format);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Bytes);
        Assert.Contains($"{format} needs Graphviz's dot", run.Error, StringComparison.Ordinal);
        Assert.Contains("-svg", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Graphviz_draws_where_it_is_installed_and_its_svg_can_be_dragged()
    {
        FakeDot("""cat > graph.txt; echo '<svg width="1pt" height="1pt" viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><title>drawn by dot</title></svg>'""");

        PprofRun run = Run("-svg");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["drawn by dot"], Tooltips(run.Text));
        Assert.Contains("<script>", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Graphviz_makes_of_other_formats_comes_through_untouched()
    {
        FakeDot("""cat > /dev/null; printf '%s' "$1"; printf '\377\000\001'""");

        Assert.Equal([.. "-Tpng"u8, 0xFF, 0, 1], Run("-png").Bytes);
    }

    [Theory]
    [InlineData("echo half; exit 3")]
    [InlineData("kill -9 $$")]
    public void When_Graphviz_fails_the_svg_is_drawn_without_it_and_that_is_said(string script)
    {
        FakeDot(script);

        PprofRun run = Run("-svg");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Graphviz's dot failed", run.Error, StringComparison.Ordinal);
        Assert.Contains("main -> work (3ns)", Tooltips(run.Text));
    }

    [Fact]
    public void A_dot_that_cannot_be_run_is_no_error_either()
    {
        FakeDot("#!/nowhere/interpreter");

        PprofRun run = Run("-svg");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("main -> work (3ns)", Tooltips(run.Text));
    }

    [Fact]
    public void A_graph_too_large_for_a_picture_says_how_to_make_it_smaller()
    {
        File.WriteAllBytes(Path.Combine(_directory, "a.pb.gz"), ProfileEncoder.EncodeGzip(
            FoldedText.Parse(string.Join('\n', Enumerable.Range(0, 6_000).Select(i => $"main;f{i} 1")), SampleType.Cpu)));

        PprofRun run = Run("-svg", "-trim=false");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("-nodecount", run.Error, StringComparison.Ordinal);
    }

    private PprofRun Run(params string[] arguments) => PprofRun.Of(
        _directory, new Dictionary<string, string> { ["PATH"] = $"{_directory}:/nowhere" }, isTerminal: false, [.. arguments, "a.pb.gz"]);

    private void FakeDot(string script)
    {
        string path = Path.Combine(_directory, "dot");
        File.WriteAllText(path, script.StartsWith('#') ? script + "\n" : $"#!/bin/sh\ncd '{_directory}'\n{script}\n");
        using var chmod = System.Diagnostics.Process.Start("chmod", ["+x", path]);
        chmod.WaitForExit();
    }

    private static IEnumerable<string> Tooltips(string svg) => XElement.Parse(svg).Descendants().Where(e => e.Name.LocalName == "title").Select(e => e.Value);
}
