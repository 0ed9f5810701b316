using Plumb.Leaks.Growth.Gates;

namespace Plumb.Leaks.Growth;

/// <summary>One stretch of a series, measured but not yet judged.</summary>
internal sealed class GrowthWindow
{
    private GrowthWindow(GateInput input, TrendTest trend, bool isTail)
    {
        Input = input;
        Trend = trend;
        IsTail = isTail;
    }

    public GateInput Input { get; }

    public TrendTest Trend { get; }

    /// <summary>Whether it leaves out the beginning beyond the warm-up, looking for a late start.</summary>
    public bool IsTail { get; }

    public static GrowthWindow Measure(GrowthSeries series, LoadTimeline timeline, ReadOnlySpan<int> points, GrowthOptions options, bool isTail)
    {
        var part = timeline.At(points);
        var raw = LoadTimeline.Pick(series.Values, points);
        var (adjusted, load) = LoadModel.Fit(part, raw);
        var trend = MannKendall.Test(part.Seconds, adjusted, series.Resolution);
        var line = TheilSen.Fit(part.Seconds, adjusted, trend.Inflation);
        return new GrowthWindow(
            new GateInput
            {
                Series = series,
                Timeline = part,
                Raw = raw,
                Adjusted = adjusted,
                RawSamples = series.RawSamples is null ? null : LoadTimeline.Pick(series.RawSamples, points),
                Enclosing = series.Enclosing is null ? null : LoadTimeline.Pick(series.Enclosing, points),
                Line = line,
                Noise = Math.Max(series.Resolution, NoiseAround(line, part, adjusted)),
                Load = load,
                Options = options,
            },
            trend,
            isTail);
    }

    private static double NoiseAround(SlopeBand line, LoadTimeline timeline, double[] values)
    {
        var rest = new double[values.Length];
        for (var i = 0; i < rest.Length; i++) rest[i] = values[i] - line.At(timeline.Seconds[i]);
        return RobustStatistics.Sigma(rest);
    }
}
