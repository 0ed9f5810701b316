using System.Text;
using Plumb.Profiles;
using Plumb.Reports;
using Plumb.Reports.Dot;
using Plumb.Reports.Graphs;
using Plumb.Reports.Pictures;
using Plumb.Reports.Text;
using Plumb.Symbols.Tools;

namespace Plumb.Cli.Pprof.Pictures;

/// <summary>Draws the graph of a report: with Graphviz where it is installed; SVG also without.</summary>
internal sealed class GraphDrawing(PprofHost host)
{
    private const string Svg = "svg";

    /// <exception cref="UsageException">The format needs Graphviz, which is not there.</exception>
    /// <exception cref="IOException">Graphviz failed.</exception>
    public void Write(Report report, string format, Stream target, CancellationToken cancellationToken = default)
    {
        GraphView view = GraphView.Compute(report);
        string? program = Toolbox.FindProgram("dot", host.Environment("PATH") ?? "");
        if (format != Svg)
            DrawWith(program ?? throw NeedsGraphviz(format), view, report, format, target);
        else if (program is null || !TryDrawSvgWith(program, view, report, target))
            DrawSvg(view, report, target, cancellationToken);
    }

    private static UsageException NeedsGraphviz(string format) => new(
        $"-{format} needs Graphviz's dot, which is not on the PATH: install the package graphviz (apt-get install graphviz, brew install graphviz, "
        + "winget install graphviz), or take -svg, which Plumb draws itself");

    private static void DrawWith(string program, GraphView view, Report report, string format, Stream target)
    {
        using var graph = new MemoryStream();
        using (var writer = new ReportWriter(graph))
            DotText.Write(view, report.Amounts(view.Unit), writer);

        new Graphviz(program).Draw(graph, format, target);
    }

    private bool TryDrawSvgWith(string program, GraphView view, Report report, Stream target)
    {
        using var drawn = new MemoryStream();
        try
        {
            DrawWith(program, view, report, Svg, drawn);
        }
        catch (IOException e)
        {
            host.Error.WriteLine(TerminalText.Escape($"{e.Message}; Plumb draws the picture itself"));
            return false;
        }

        target.Write(Encoding.UTF8.GetBytes(SvgPanning.AddTo(Encoding.UTF8.GetString(drawn.GetBuffer(), 0, (int)drawn.Length))));
        return true;
    }

    private static void DrawSvg(GraphView view, Report report, Stream target, CancellationToken cancellationToken)
    {
        GraphScene scene = GraphScene.Compute(GraphPicture.Compute(view, report.Amounts(view.Unit)), cancellationToken);
        using var writer = new ReportWriter(target);
        SvgText.Write(scene, writer);
    }
}
