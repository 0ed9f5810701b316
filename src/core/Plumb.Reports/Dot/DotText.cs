using System.Globalization;
using System.Text;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;
using Plumb.Reports.Pictures;
using Plumb.Reports.Text;

namespace Plumb.Reports.Dot;

/// <summary>Writes a graph in the language of Graphviz.</summary>
public sealed class DotText
{
    private readonly GraphPicture _picture;
    private readonly ReportWriter _writer;

    private DotText(GraphPicture picture, ReportWriter writer)
    {
        _picture = picture;
        _writer = writer;
    }

    public static void Write(GraphView view, AmountFormat amounts, ReportWriter writer) =>
        new DotText(GraphPicture.Compute(view, amounts), writer).Write();

    private void Write()
    {
        string title = _picture.Title.Length > 0 ? _picture.Title : "unnamed";
        WriteLine($"digraph \"{Escape(title)}\" {{");
        WriteLine("node [style=filled fillcolor=\"#f8f8f8\"]");
        WriteLegend();
        for (int i = 0; i < _picture.Nodes.Length; i++)
        {
            WriteNode(_picture.Nodes[i], Number(i));
            WriteTags(_picture.Nodes[i], Number(i));
        }

        foreach (PictureEdge edge in _picture.Edges)
            WriteEdge(edge);

        WriteLine("}");
    }

    // Node 0 is what the reference calls a node that is not there.
    private static string Number(int node) => (node + 1).ToString(CultureInfo.InvariantCulture);

    private void WriteLegend()
    {
        string label = string.Join("\\l", _picture.Legend.Select(Escape));
        string tooltip = _picture.Title.Length > 0 ? $" tooltip=\"{Escape(_picture.Title)}\"" : "";
        WriteLine($"subgraph cluster_L {{ \"{Escape(_picture.Legend[0])}\" [shape=box fontsize=16 label=\"{label}\\l\"{tooltip}] }}");
    }

    private void WriteNode(PictureNode node, string number)
    {
        string label = string.Join("\\n", node.Label.Select(Escape));
        WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"N{number} [label=\"{label}\" id=\"node{number}\" fontsize={node.FontSize} shape=box tooltip=\"{Escape(node.Name)} ({node.Amount})\" color=\"{node.Color}\" fillcolor=\"{node.FillColor}\"]"));
    }

    private void WriteTags(PictureNode node, string number)
    {
        foreach (PictureTag tag in node.Tags)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{(tag.IsText ? "" : "N")}{number}_{tag.Id}");
            WriteTag(tag, $"N{number}", id);
            foreach (PictureTag nested in tag.Nested)
                WriteTag(nested, $"N{id}", string.Create(CultureInfo.InvariantCulture, $"N{id}_{nested.Id}"));
        }
    }

    private void WriteTag(PictureTag tag, string source, string id)
    {
        WriteLine($"N{id} [label = \"{EscapeQuotes(tag.Name)}\" id=\"N{id}\" fontsize=8 shape=box3d tooltip=\"{tag.Amount}\"]");
        WriteLine($"{source} -> N{id} [label=\" {tag.Amount}\" weight=100 tooltip=\"{tag.Amount}\" labeltooltip=\"{tag.Amount}\"{(tag.IsDotted ? " style=\"dotted\"" : "")}]");
    }

    private void WriteEdge(PictureEdge edge)
    {
        PictureNode source = _picture.Nodes[edge.Source], target = _picture.Nodes[edge.Target];
        var attributes = new StringBuilder($"label=\" {edge.Amount}{(edge.IsInline ? "\\n (inline)" : "")}\"");
        AppendIfMore(attributes, "weight", edge.Weight);
        AppendIfMore(attributes, "penwidth", edge.Width);
        if (edge.Color is not null)
            attributes.Append($" color=\"{edge.Color}\"");

        string tooltip = $"\"{Escape(source.Name)} {(edge.IsResidual ? "..." : "->")} {Escape(target.Name)} ({edge.Amount})\"";
        attributes.Append($" tooltip={tooltip} labeltooltip={tooltip}");
        if (edge.IsResidual)
            attributes.Append(" style=\"dotted\"");

        if (!source.Tags.IsEmpty)
            attributes.Append(" minlen=2");

        WriteLine($"N{Number(edge.Source)} -> N{Number(edge.Target)} [{attributes}]");
    }

    private static void AppendIfMore(StringBuilder attributes, string name, long value)
    {
        if (value > 1)
            attributes.Append(CultureInfo.InvariantCulture, $" {name}={value}");
    }

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\l", StringComparison.Ordinal);

    // The \n between several labels is meant; a quote would end the attribute, and what follows could be anything.
    private static string EscapeQuotes(string text) => text.Replace("\"", "\\\"", StringComparison.Ordinal);

    private void WriteLine(string line)
    {
        _writer.WriteProfileText(line);
        _writer.WriteLine();
    }
}
