using System.Collections.Immutable;
using Plumb.Reports.Layouts;

namespace Plumb.Reports.Pictures;

/// <summary>Measures what a picture shows and has it laid out.</summary>
internal sealed class SceneBuilder
{
    private const double TagFontSize = 8;
    private const double LineFontSize = 12;
    private const double LegendFontSize = 14;
    private const double Padding = 8;
    private const double TagPadding = 5;
    private const double Gap = 24;
    private const string Black = "#000000";
    private const string Plain = "#f8f8f8";

    // Tags belong right below their entry.
    private const long TagWeight = 100;

    private readonly GraphPicture _picture;
    private readonly List<SceneBox> _boxes = [];
    private readonly List<(SceneLine Line, LayoutEdge Edge)> _lines = [];

    public SceneBuilder(GraphPicture picture) => _picture = picture;

    public GraphScene Build(CancellationToken cancellationToken)
    {
        foreach (PictureNode node in _picture.Nodes)
        {
            Add(SceneBoxKind.Entry, node.Label, node.FontSize, Padding, node.Color, node.FillColor, $"{node.Name} ({node.Amount})");
        }

        foreach (PictureEdge edge in _picture.Edges)
            Add(edge);

        for (int i = 0; i < _picture.Nodes.Length; i++)
            AddTags(_picture.Nodes[i].Tags, i);

        return Arrange(GraphLayout.Compute(
            [.. _boxes.Select(box => new LayoutNode(box.Place.Width, box.Place.Height))], [.. _lines.Select(line => line.Edge)], cancellationToken));
    }

    private int Add(SceneBoxKind kind, IReadOnlyCollection<string> text, double fontSize, double padding, string color, string fill, string tooltip)
    {
        ImmutableArray<string> lines = SceneText.Lines(text);
        LayoutNode size = SceneText.Size(lines, fontSize);
        var place = new LayoutBox(0, 0, size.Width + (2 * padding), size.Height + padding);
        _boxes.Add(new SceneBox(kind, place, lines, fontSize, color, fill, SceneText.Tooltip(tooltip)));
        return _boxes.Count - 1;
    }

    private void Add(PictureEdge edge)
    {
        PictureNode source = _picture.Nodes[edge.Source], target = _picture.Nodes[edge.Target];
        string tooltip = $"{source.Name} {(edge.IsResidual ? "..." : "->")} {target.Name} ({edge.Amount})";
        AddLine(
            edge.Source, edge.Target, edge.IsInline ? [edge.Amount, "(inline)"] : [edge.Amount], LineFontSize, edge.Weight, source.Tags.IsEmpty ? 1 : 2,
            edge.Color ?? Black, edge.Width, edge.IsResidual, tooltip);
    }

    private void AddTags(ImmutableArray<PictureTag> tags, int parent)
    {
        foreach (PictureTag tag in tags)
        {
            // The labels of a sample are separated as Graphviz separates lines.
            int box = Add(SceneBoxKind.Tag, tag.Name.Split("\\n"), TagFontSize, TagPadding, Black, Plain, tag.Amount);
            AddLine(parent, box, [tag.Amount], LineFontSize, TagWeight, 1, Black, 1, tag.IsDotted, tag.Amount);
            AddTags(tag.Nested, box);
        }
    }

    private void AddLine(
        int source, int target, string[] text, double fontSize, long weight, int minLength, string color, double width, bool isDotted, string tooltip)
    {
        ImmutableArray<string> lines = SceneText.Lines(text);
        _lines.Add((
            new SceneLine(new LayoutPath([], default, default), lines, color, width, isDotted, SceneText.Tooltip(tooltip)),
            new LayoutEdge(source, target, SceneText.Size(lines, fontSize), weight, minLength)));
    }

    // The legend takes the corner at the top left, where call graphs, which are narrow at the top, mostly leave room for it.
    private GraphScene Arrange(GraphLayout layout)
    {
        Add(SceneBoxKind.Legend, [.. _picture.Legend.SelectMany(line => line.Split('\n'))], LegendFontSize, Padding, Black, Plain, _picture.Title);
        SceneBox legend = _boxes[^1];
        double shift = Math.Max(0, legend.Place.Right + Gap - LeftmostAbove(layout, legend.Place.Bottom + Gap));
        for (int i = 0; i < layout.Boxes.Length; i++)
            _boxes[i] = _boxes[i] with { Place = Moved(layout.Boxes[i], shift) };

        ImmutableArray<SceneLine> lines = [.. layout.Paths.Select((path, i) => _lines[i].Line with
        {
            Place = new LayoutPath([.. path.Curve.Select(point => Moved(point, shift))], Moved(path.Tip, shift), Moved(path.Label, shift)),
        })];
        return new GraphScene(
            _picture.Title, Math.Max(layout.Width + shift, legend.Place.Right), Math.Max(layout.Height, legend.Place.Bottom), [.. _boxes], lines);
    }

    private static double LeftmostAbove(GraphLayout layout, double bottom)
    {
        double left = double.MaxValue;
        foreach (LayoutBox box in layout.Boxes.Concat(layout.Paths.Select(path => path.Label)))
        {
            if (box.Y < bottom)
                left = Math.Min(left, box.X);
        }

        // A line that starts above may swing out to the left below a box.
        foreach (LayoutPath path in layout.Paths)
        {
            for (int i = 0; i < path.Curve.Length; i++)
            {
                if (path.Curve[i].Y < bottom)
                    left = Math.Min(left, path.Curve[i].X);
            }
        }

        return left;
    }

    private static LayoutPoint Moved(LayoutPoint point, double shift) => point with { X = point.X + shift };

    private static LayoutBox Moved(LayoutBox box, double shift) => box with { X = box.X + shift };
}
