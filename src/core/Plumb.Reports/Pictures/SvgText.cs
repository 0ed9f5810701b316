using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumb.Reports.Layouts;
using Plumb.Reports.Text;

namespace Plumb.Reports.Pictures;

/// <summary>
/// Writes a <see cref="GraphScene"/> as SVG. In a browser it can be dragged and zoomed by <see cref="SvgPanning"/>, a script that reads nothing of
/// the profile; elsewhere it is a picture. All text of the profile is escaped.
/// </summary>
public sealed class SvgText
{
    private const double Margin = 8;
    private const double TagDepth = 3;
    private const double ArrowHalfWidth = 3.5;

    // Places at which no edge starts or ends, to tell the arrow's direction.
    private const double Tiny = 1e-6;

    private readonly GraphScene _scene;
    private readonly ReportWriter _writer;

    private SvgText(GraphScene scene, ReportWriter writer)
    {
        _scene = scene;
        _writer = writer;
    }

    public static void Write(GraphScene scene, ReportWriter writer) => new SvgText(scene, writer).Write();

    private void Write()
    {
        string view = $"{Number(-Margin)} {Number(-Margin)} {Number(_scene.Width + (2 * Margin))} {Number(_scene.Height + (2 * Margin))}";
        _writer.WriteLine("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        _writer.WriteLine($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\" height=\"100%\" viewBox=\"{view}\" font-family=\"Helvetica, Arial, sans-serif\">");
        _writer.WriteLine($"<title>{Escape(_scene.Title.Length > 0 ? _scene.Title : "unnamed")}</title>");
        _writer.WriteLine($"<rect x=\"{Number(-Margin)}\" y=\"{Number(-Margin)}\" width=\"{Number(_scene.Width + (2 * Margin))}\" height=\"{Number(_scene.Height + (2 * Margin))}\" fill=\"white\"/>");
        foreach (SceneLine line in _scene.Lines)
            Write(line);

        foreach (SceneBox box in _scene.Boxes)
            Write(box);

        // The amounts last: a line may pass below one, but none hides one.
        foreach (SceneLine line in _scene.Lines)
            WriteLabel(line);

        _writer.WriteLine(SvgPanning.Script);
        _writer.WriteLine("</svg>");
    }

    private void Write(SceneBox box)
    {
        LayoutBox place = box.Place;
        string kind = box.Kind switch { SceneBoxKind.Entry => "node", SceneBoxKind.Tag => "tag", _ => "legend" };
        _writer.WriteLine($"<g class=\"{kind}\">{Tooltip(box.Tooltip)}");
        if (box.Kind == SceneBoxKind.Tag)
            _writer.WriteLine($"<path d=\"{TagEdges(place)}\" fill=\"{box.FillColor}\" stroke=\"{box.Color}\"/>");

        double depth = box.Kind == SceneBoxKind.Tag ? TagDepth : 0;
        _writer.WriteLine(
            $"<rect x=\"{Number(place.X)}\" y=\"{Number(place.Y + depth)}\" width=\"{Number(place.Width - depth)}\" height=\"{Number(place.Height - depth)}\" fill=\"{box.FillColor}\" stroke=\"{box.Color}\"/>");
        double lineHeight = box.FontSize * SceneText.LineHeight;
        double baseline = place.CenterY + (depth / 2) - (box.Text.Length * lineHeight / 2) + (lineHeight * 0.78);
        for (int i = 0; i < box.Text.Length; i++)
        {
            double width = TextWidths.Of(box.Text[i], box.FontSize);
            double x = box.Kind == SceneBoxKind.Legend ? place.X + ((place.Width - box.Text.Max(line => TextWidths.Of(line, box.FontSize))) / 2) : place.CenterX - ((width + depth) / 2);
            WriteTextLine(box.Text[i], x, baseline + (i * lineHeight), box.FontSize, width);
        }

        _writer.WriteLine("</g>");
    }

    // The upper and the right side of a box seen from above.
    private static string TagEdges(LayoutBox place) => string.Create(
        CultureInfo.InvariantCulture,
        $"M{place.X:0.##},{place.Y + TagDepth:0.##} l{TagDepth},-{TagDepth} H{place.Right:0.##} V{place.Bottom - TagDepth:0.##} l-{TagDepth},{TagDepth} V{place.Y + TagDepth:0.##} z m{place.Width - TagDepth:0.##},0 l{TagDepth},-{TagDepth}");

    private void Write(SceneLine line)
    {
        ImmutableArray<LayoutPoint> curve = line.Place.Curve;
        var path = new StringBuilder($"M{Point(curve[0])} C");
        path.AppendJoin(' ', curve.Skip(1).Select(Point));
        string dots = line.IsDotted ? " stroke-dasharray=\"2,4\"" : "";
        _writer.WriteLine($"<g class=\"edge\">{Tooltip(line.Tooltip)}");
        _writer.WriteLine($"<path d=\"{path}\" fill=\"none\" stroke=\"{line.Color}\" stroke-width=\"{Number(line.Width)}\"{dots}/>");
        _writer.WriteLine($"<polygon points=\"{Arrow(curve[^1], line)}\" fill=\"{line.Color}\"/>");
        _writer.WriteLine("</g>");
    }

    private static string Arrow(LayoutPoint start, SceneLine line)
    {
        LayoutPoint tip = line.Place.Tip;
        double dx = tip.X - start.X, dy = tip.Y - start.Y, length = Math.Max(Tiny, Math.Sqrt((dx * dx) + (dy * dy)));
        double half = ArrowHalfWidth + (line.Width / 2);
        double sideX = -dy / length * half, sideY = dx / length * half;
        return $"{Point(tip)} {Point(new LayoutPoint(start.X + sideX, start.Y + sideY))} {Point(new LayoutPoint(start.X - sideX, start.Y - sideY))}";
    }

    private void WriteLabel(SceneLine line)
    {
        LayoutBox place = line.Place.Label;
        double lineHeight = place.Height / Math.Max(1, line.Text.Length), fontSize = lineHeight / SceneText.LineHeight;
        for (int i = 0; i < line.Text.Length; i++)
            WriteTextLine(line.Text[i], place.X, place.Y + (i * lineHeight) + (lineHeight * 0.78), fontSize, TextWidths.Of(line.Text[i], fontSize));
    }

    private void WriteTextLine(string text, double x, double y, double fontSize, double width)
    {
        // With the length given, a text fills the room that was measured for it, whatever font the viewer has.
        string length = width > 0 ? $" textLength=\"{Number(width)}\" lengthAdjust=\"spacingAndGlyphs\"" : "";
        _writer.WriteLine($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" font-size=\"{Number(fontSize)}\"{length} xml:space=\"preserve\">{Escape(text)}</text>");
    }

    private static string Tooltip(string text) => text.Length == 0 ? "" : $"<title>{Escape(text)}</title>";

    private static string Point(LayoutPoint point) => $"{Number(point.X)},{Number(point.Y)}";

    private static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                // No XML may hold these, not even as references.
                < ' ' or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }
}
