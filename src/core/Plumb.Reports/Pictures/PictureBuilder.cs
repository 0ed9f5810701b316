using System.Collections.Immutable;
using Plumb.Reports.Dot;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Pictures;

/// <summary>Decides how a graph is shown: sizes, colours, texts.</summary>
internal sealed class PictureBuilder
{
    private const int SmallestFont = 8;
    private const double FontGrowth = 16;

    private readonly GraphView _view;
    private readonly AmountFormat _amounts;
    private readonly Dictionary<CallNode, int> _numbers = [];
    private readonly double _maxFlat;

    public PictureBuilder(GraphView view, AmountFormat amounts)
    {
        _view = view;
        _amounts = amounts;
        foreach (CallNode node in view.Graph.Nodes)
        {
            _numbers.Add(node, _numbers.Count);
            _maxFlat = Math.Max(_maxFlat, Math.Abs((double)node.FlatValue));
        }
    }

    public GraphPicture Build()
    {
        List<CallEdge> edges = [.. _view.Graph.Nodes.SelectMany(node => node.Out).Where(edge => _numbers.ContainsKey(edge.Target))];

        // A layout takes the heavier calls first as the more important ones.
        edges.Sort(CallEdge.Compare);
        return new GraphPicture(_view.Title, _view.Header, [.. _view.Graph.Nodes.Select(Node)], [.. edges.Select(Edge)]);
    }

    private PictureNode Node(CallNode node)
    {
        double score = node.CumValue / Math.Abs((double)_view.Total);
        return new PictureNode(
            node.Name, Label(node), _amounts.Format(node.CumValue), FontSize(node.FlatValue), DotColor.Line(score), DotColor.Background(score), Tags(node));
    }

    private int FontSize(long flat) =>
        flat == 0 || _maxFlat == 0 ? SmallestFont : SmallestFont + (int)Math.Ceiling(FontGrowth * Math.Sqrt(Math.Abs((double)flat) / _maxFlat));

    private ImmutableArray<string> Label(CallNode node)
    {
        NodeInfo info = node.Info;
        NodeInfo shown = info with { Name = ShortName.Of(info.Name), File = info.File.Length > 0 ? UnixPath.Base(info.File) : "" };
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        foreach (string part in shown.Parts())
        {
            if (part == shown.Name && part.Length > 0)
                lines.AddRange(NameLines(part));
            else
                lines.Add(part);
        }

        long flat = node.FlatValue, cum = node.CumValue;
        string own = flat == 0 ? "0" : $"{_amounts.Format(flat)} ({Measurement.ShortPercent(flat, _view.Total)})";
        string all = $"of {_amounts.Format(cum)} ({Measurement.ShortPercent(cum, _view.Total)})";
        if (cum == flat)
            lines.Add(own);
        else if (flat == 0)
            lines.Add($"{own} {all}");
        else
            lines.AddRange(own, all);

        return lines.ToImmutable();
    }

    // Each part of a qualified name gets its own line. The dots of [...] are how Go writes type parameters, and separate nothing.
    private static string[] NameLines(string name) =>
        name.Replace("[...]", "[…]", StringComparison.Ordinal).Split(["::", "."], StringSplitOptions.None);

    private ImmutableArray<PictureTag> Tags(CallNode node)
    {
        if (node.Tags is not { } tags)
            return [];

        // A leaf shows what it stands for, with calls that were cut; others show only what is their own.
        bool flat = node.Out.Count > 0;
        List<NodeTag> texts = [.. tags.Texts.Values];
        texts.Sort(NodeTag.By(flat));
        ImmutableArray<PictureTag>.Builder shown = ImmutableArray.CreateBuilder<PictureTag>();
        for (int i = 0; i < Math.Min(texts.Count, PictureSize.MaxTagsPerNode); i++)
        {
            NodeTag tag = texts[i];
            long weight = flat ? tag.FlatValue : tag.CumValue;
            if (weight != 0)
                shown.Add(new PictureTag(i, true, tag.Name, _amounts.Format(weight), IsDotted: false, Numbers(tags, tag.Name, flat)));
        }

        return [.. shown, .. Numbers(tags, "", flat)];
    }

    private ImmutableArray<PictureTag> Numbers(NodeTags tags, string text, bool flat)
    {
        if (!tags.Numbers.TryGetValue(text, out Dictionary<string, NodeTag>? numbers))
            return [];

        ImmutableArray<PictureTag>.Builder shown = ImmutableArray.CreateBuilder<PictureTag>();
        List<NodeTag> ranges = TagBuckets.Collapse(numbers.Values, PictureSize.MaxTagsPerNode, flat);
        for (int i = 0; i < ranges.Count; i++)
        {
            bool isOwn = flat || ranges[i].FlatValue == ranges[i].CumValue;
            long weight = isOwn ? ranges[i].FlatValue : ranges[i].CumValue;
            if (weight != 0)
                shown.Add(new PictureTag(i, false, ranges[i].Name, _amounts.Format(weight), !isOwn, []));
        }

        return shown.ToImmutable();
    }

    private PictureEdge Edge(CallEdge edge)
    {
        long weight = edge.WeightValue, total = _view.Total;
        return new PictureEdge(
            _numbers[edge.Source], _numbers[edge.Target], _amounts.Format(weight),
            total == 0 ? 1 : 1 + Math.Min(SampleValues.Magnitude(SampleValues.Mean(weight * 100, total)), 100),
            total == 0 ? 1 : 1 + Math.Min(SampleValues.Magnitude(SampleValues.Mean(weight * 5, total)), 5),
            total == 0 ? null : DotColor.Line(weight / Math.Abs((double)total)),
            edge.IsInline, edge.IsResidual);
    }
}
