using System.Globalization;
using System.Text;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Dot;

/// <summary>Writes a graph in the language of Graphviz.</summary>
public sealed class DotText
{
    private const int SmallestFont = 8;
    private const double FontGrowth = 16;

    private readonly GraphView _view;
    private readonly AmountFormat _amounts;
    private readonly ReportWriter _writer;
    private readonly Dictionary<CallNode, int> _numbers = [];
    private readonly double _maxFlat;

    private DotText(GraphView view, AmountFormat amounts, ReportWriter writer)
    {
        _view = view;
        _amounts = amounts;
        _writer = writer;
        foreach (CallNode node in view.Graph.Nodes)
        {
            _numbers.Add(node, _numbers.Count + 1);
            _maxFlat = Math.Max(_maxFlat, Math.Abs((double)node.FlatValue));
        }
    }

    public static void Write(GraphView view, AmountFormat amounts, ReportWriter writer) => new DotText(view, amounts, writer).Write();

    private void Write()
    {
        string title = _view.Title.Length > 0 ? _view.Title : "unnamed";
        WriteLine($"digraph \"{Escape(title)}\" {{");
        WriteLine("node [style=filled fillcolor=\"#f8f8f8\"]");
        WriteLegend();
        var edges = new List<CallEdge>();
        var withTags = new HashSet<CallNode>();
        foreach (CallNode node in _view.Graph.Nodes)
        {
            WriteNode(node);
            if (WriteTags(node))
                withTags.Add(node);

            edges.AddRange(node.Out.Where(edge => _numbers.ContainsKey(edge.Target)));
        }

        // The layout engine takes the heavier calls first as the more important ones.
        edges.Sort(CallEdge.Compare);
        foreach (CallEdge edge in edges)
            WriteEdge(edge, withTags.Contains(edge.Source));

        WriteLine("}");
    }

    private void WriteLegend()
    {
        string label = string.Join("\\l", _view.Header.Select(Escape));
        string tooltip = _view.Title.Length > 0 ? $" tooltip=\"{Escape(_view.Title)}\"" : "";
        WriteLine($"subgraph cluster_L {{ \"{Escape(_view.Header[0])}\" [shape=box fontsize=16 label=\"{label}\\l\"{tooltip}] }}");
    }

    private void WriteNode(CallNode node)
    {
        long flat = node.FlatValue, cum = node.CumValue;
        var label = new StringBuilder(Label(node.Info));
        label.Append(flat == 0 ? "0" : $"{_amounts.Format(flat)} ({Measurement.ShortPercent(flat, _view.Total)})");
        if (cum != flat)
            label.Append(flat == 0 ? " " : "\\n").Append($"of {_amounts.Format(cum)} ({Measurement.ShortPercent(cum, _view.Total)})");

        double score = cum / Math.Abs((double)_view.Total);
        WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"N{_numbers[node]} [label=\"{label}\" id=\"node{_numbers[node]}\" fontsize={FontSize(flat)} shape=box tooltip=\"{Escape(node.Name)} ({_amounts.Format(cum)})\" color=\"{DotColor.Line(score)}\" fillcolor=\"{DotColor.Background(score)}\"]"));
    }

    private int FontSize(long flat) =>
        flat == 0 || _maxFlat == 0 ? SmallestFont : SmallestFont + (int)Math.Ceiling(FontGrowth * Math.Sqrt(Math.Abs((double)flat) / _maxFlat));

    // Each part of a qualified name gets its own line.
    private static string Label(NodeInfo info)
    {
        string name = Escape(ShortName.Of(info.Name))
            .Replace("::", "\\n", StringComparison.Ordinal)
            // How Go writes type parameters; these dots separate nothing.
            .Replace("[...]", "[…]", StringComparison.Ordinal)
            .Replace(".", "\\n", StringComparison.Ordinal);
        NodeInfo shown = info with { Name = name, File = info.File.Length > 0 ? UnixPath.Base(info.File) : "" };
        return string.Join("\\n", shown.Parts()) + "\\n";
    }

    private bool WriteTags(CallNode node)
    {
        if (node.Tags is not { } tags)
            return false;

        // A leaf shows what it stands for, with calls that were cut; others show only what is their own.
        bool flat = node.Out.Count > 0;
        string number = string.Create(CultureInfo.InvariantCulture, $"{_numbers[node]}");
        List<NodeTag> texts = [.. tags.Texts.Values];
        texts.Sort(NodeTag.By(flat));
        bool any = false;
        for (int i = 0; i < Math.Min(texts.Count, PictureSize.MaxTagsPerNode); i++)
        {
            NodeTag tag = texts[i];
            long weight = flat ? tag.FlatValue : tag.CumValue;
            if (weight == 0)
                continue;

            any = true;
            string tagNumber = string.Create(CultureInfo.InvariantCulture, $"{number}_{i}");
            WriteTag($"N{number}", tagNumber, tag.Name, weight, "");
            if (tags.Numbers.TryGetValue(tag.Name, out Dictionary<string, NodeTag>? nested))
                WriteNumbers(nested, flat, $"N{tagNumber}");
        }

        if (tags.Numbers.TryGetValue("", out Dictionary<string, NodeTag>? numbers))
            any |= WriteNumbers(numbers, flat, $"N{number}");

        return any;
    }

    private bool WriteNumbers(Dictionary<string, NodeTag> tags, bool flat, string source)
    {
        bool any = false;
        List<NodeTag> ranges = TagBuckets.Collapse(tags.Values, PictureSize.MaxTagsPerNode, flat);
        for (int i = 0; i < ranges.Count; i++)
        {
            NodeTag range = ranges[i];
            bool isOwn = flat || range.FlatValue == range.CumValue;
            long weight = isOwn ? range.FlatValue : range.CumValue;
            if (weight == 0)
                continue;

            any = true;
            WriteTag(source, string.Create(CultureInfo.InvariantCulture, $"{source}_{i}"), range.Name, weight, isOwn ? "" : " style=\"dotted\"");
        }

        return any;
    }

    private void WriteTag(string source, string id, string name, long weight, string style)
    {
        string amount = _amounts.Format(weight);
        WriteLine($"N{id} [label = \"{EscapeQuotes(name)}\" id=\"N{id}\" fontsize=8 shape=box3d tooltip=\"{amount}\"]");
        WriteLine($"{source} -> N{id} [label=\" {amount}\" weight=100 tooltip=\"{amount}\" labeltooltip=\"{amount}\"{style}]");
    }

    private void WriteEdge(CallEdge edge, bool sourceHasTags)
    {
        long weight = edge.WeightValue;
        string amount = _amounts.Format(weight);
        var attributes = new StringBuilder($"label=\" {amount}{(edge.IsInline ? "\\n (inline)" : "")}\"");
        if (_view.Total != 0)
        {
            AppendIfMore(attributes, "weight", 1 + Math.Min(Math.Abs(weight * 100 / _view.Total), 100));
            AppendIfMore(attributes, "penwidth", 1 + Math.Min(Math.Abs(weight * 5 / _view.Total), 5));
            attributes.Append($" color=\"{DotColor.Line(weight / Math.Abs((double)_view.Total))}\"");
        }

        string tooltip = $"\"{Escape(edge.Source.Name)} {(edge.IsResidual ? "..." : "->")} {Escape(edge.Target.Name)} ({amount})\"";
        attributes.Append($" tooltip={tooltip} labeltooltip={tooltip}");
        if (edge.IsResidual)
            attributes.Append(" style=\"dotted\"");

        if (sourceHasTags)
            attributes.Append(" minlen=2");

        WriteLine(string.Create(CultureInfo.InvariantCulture, $"N{_numbers[edge.Source]} -> N{_numbers[edge.Target]} [{attributes}]"));
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
