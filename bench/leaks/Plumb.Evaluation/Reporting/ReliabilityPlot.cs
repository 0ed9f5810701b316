using System.Globalization;
using System.Text;
using Plumb.Evaluation.Scoring;

namespace Plumb.Evaluation.Reporting;

/// <summary>Draws confidence against how often it was right, as SVG that reads on light and dark pages.</summary>
internal static class ReliabilityPlot
{
    private const double Left = 60;
    private const double Top = 20;
    private const double Size = 320;
    private const double LargestDot = 9;
    private const double SmallestDot = 3;

    public static string Draw(Reliability reliability)
    {
        var svg = new StringBuilder();
        svg.Append("""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400" font-family="sans-serif" font-size="12">
            <title>Reliability: how often findings of a confidence are right</title>
            <rect width="400" height="400" fill="#ffffff"/>

            """);
        Axes(svg);
        int most = reliability.Bins.Select(bin => bin.Right.Of).DefaultIfEmpty(1).Max();
        foreach (ReliabilityBin bin in reliability.Bins)
            Dot(svg, bin, most);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Axes(StringBuilder svg)
    {
        for (int tenth = 0; tenth <= 10; tenth += 2)
        {
            double share = tenth / 10.0;
            Line(svg, X(share), Y(0), X(share), Y(1), "#e5e5e5");
            Line(svg, X(0), Y(share), X(1), Y(share), "#e5e5e5");
            Text(svg, X(share), Y(0) + 18, "middle", Number(share));
            Text(svg, X(0) - 8, Y(share) + 4, "end", Number(share));
        }

        svg.Append(Invariant($"""<line x1="{X(0):0.#}" y1="{Y(0):0.#}" x2="{X(1):0.#}" y2="{Y(1):0.#}" stroke="#999999" stroke-dasharray="4 4"/>""")).Append('\n');
        Text(svg, X(0.5), Y(0) + 42, "middle", "confidence");
        svg.Append(Invariant($"""<text transform="translate({Left - 40:0.#} {Y(0.5):0.#}) rotate(-90)" text-anchor="middle" fill="#333333">right</text>""")).Append('\n');
    }

    private static void Dot(StringBuilder svg, ReliabilityBin bin, int most)
    {
        (double low, double high) = bin.Right.Interval();
        double x = X(bin.MeanConfidence);
        Line(svg, x, Y(low), x, Y(high), "#1f6feb");
        double radius = SmallestDot + ((LargestDot - SmallestDot) * Math.Sqrt((double)bin.Right.Of / most));
        svg.Append(Invariant($"""<circle cx="{x:0.#}" cy="{Y(bin.Right.Value):0.#}" r="{radius:0.#}" fill="#1f6feb"><title>{bin.Right.Part} of {bin.Right.Of}</title></circle>""")).Append('\n');
    }

    private static void Line(StringBuilder svg, double x1, double y1, double x2, double y2, string colour) =>
        svg.Append(Invariant($"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{colour}"/>""")).Append('\n');

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text) =>
        svg.Append(Invariant($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" fill="#333333">{text}</text>""")).Append('\n');

    private static double X(double share) => Left + (Size * share);

    private static double Y(double share) => Top + (Size * (1 - share));

    private static string Number(double share) => share.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
