using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Leaks.Rendering.Html;

/// <summary>Draws one series over time as SVG: its points, and the line that was judged. It is read without any script.</summary>
internal sealed class SeriesChart
{
    private const double Width = 420;
    private const double Height = 170;
    private const double Left = 62;
    private const double Right = 12;
    private const double Top = 10;
    private const double Bottom = 24;
    private const int MaxPoints = 240;

    private readonly HtmlWriter _page;

    public SeriesChart(HtmlWriter page) => _page = page;

    /// <param name="series">What is drawn.</param>
    /// <param name="name">What it is called on this page.</param>
    public void Write(EvidenceSeries series, string name)
    {
        List<(double X, double Y)> points = Known(series);
        string tone = series.Growth.IsGrowing ? "grows" : "calm";
        _page.Line($"<figure class=\"chart {tone}\"><figcaption><b>{name}</b> <span>{Phrases.Levels(series)} · {Phrases.Tendency(series)}</span></figcaption>");
        if (points.Count > 0)
        {
            Draw(series, name, points);
        }

        _page.Line($"</figure>");
    }

    private void Draw(EvidenceSeries series, string name, List<(double X, double Y)> points)
    {
        ChartScale x = ChartScale.OfSeconds(points[^1].X);
        ChartScale y = ChartScale.Of(points.Min(point => point.Y), points.Max(point => point.Y), series.Unit == "bytes");
        double XOf(double seconds) => Left + ((seconds - x.Low) / (x.High - x.Low) * (Width - Left - Right));
        double YOf(double value) => Height - Bottom - (Math.Clamp((value - y.Low) / (y.High - y.Low), 0, 1) * (Height - Top - Bottom));

        _page.Line($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{name}: {Phrases.Levels(series)}, {Phrases.Tendency(series)}\">");
        foreach (double tick in y.Ticks)
        {
            _page.Line($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{YOf(tick)}\" y2=\"{YOf(tick)}\"/><text class=\"tick\" x=\"{Left - 6}\" y=\"{YOf(tick) + 4}\" text-anchor=\"end\">{Quantity.Of(tick, series.Unit).Replace(".0 ", " ", StringComparison.Ordinal)}</text>");
        }

        foreach (double tick in x.Ticks)
        {
            string anchor = tick >= x.High ? "end" : "middle";
            _page.Line($"<text class=\"tick\" x=\"{XOf(tick)}\" y=\"{Height - 6}\" text-anchor=\"{anchor}\">{Quantity.Duration(TimeSpan.FromSeconds(tick))}</text>");
        }

        if (series.Growth.IsGrowing)
        {
            double from = Math.Clamp(series.Growth.StartSeconds, 0, points[^1].X);
            _page.Line($"<line class=\"trend\" x1=\"{XOf(from)}\" y1=\"{YOf(series.Growth.PerSecond.At(from))}\" x2=\"{XOf(points[^1].X)}\" y2=\"{YOf(series.Growth.PerSecond.At(points[^1].X))}\"/>");
        }

        _page.Write($"<polyline class=\"curve\" points=\"");
        foreach ((double seconds, double value) in points)
        {
            _page.Write($"{XOf(seconds)},{YOf(value)} ");
        }

        _page.Line($"\"/>");
        foreach ((double seconds, double value) in points)
        {
            _page.Write($"<circle cx=\"{XOf(seconds)}\" cy=\"{YOf(value)}\" r=\"2.5\"><title>{Quantity.Of(value, series.Unit)} after {Quantity.Duration(TimeSpan.FromSeconds(seconds))}</title></circle>");
        }

        _page.Line($"</svg>");
    }

    // More points than a chart is wide: the lowest of each group stays, as what is judged are floors.
    private static List<(double X, double Y)> Known(EvidenceSeries series)
    {
        List<(double X, double Y)> all = [];
        for (int i = 0; i < Math.Min(series.Values.Count, series.Seconds.Count); i++)
        {
            if (double.IsFinite(series.Values[i]) && double.IsFinite(series.Seconds[i]))
            {
                all.Add((series.Seconds[i], series.Values[i]));
            }
        }

        int group = (all.Count + MaxPoints - 1) / MaxPoints;
        return group <= 1 ? all : [.. all.Chunk(group).Select(chunk => chunk.MinBy(point => point.Y))];
    }
}
