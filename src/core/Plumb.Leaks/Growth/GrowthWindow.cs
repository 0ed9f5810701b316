using Plumb.Leaks.Growth.Gates;

namespace Plumb.Leaks.Growth;

/// <summary>One stretch of a series, measured but not yet judged.</summary>
internal sealed class GrowthWindow
{
    /// <summary>A rank test above this is no trend worth a gate.</summary>
    public const double WeakestTrend = 0.05;

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

    public static GrowthWindow Measure(GrowthSeries series, LoadTimeline timeline, ReadOnlySpan<int> points, GrowthOptions options, bool isTail, bool isWhole = false)
    {
        var part = timeline.At(points);
        var raw = LoadTimeline.Pick(series.Values, points);
        var (adjusted, load) = LoadModel.Fit(part, raw);
        var trend = MannKendall.Test(part.Seconds, adjusted, series.Resolution);
        if (trend.RankP >= WeakestTrend) return new GrowthWindow(Flat(series, part, raw, adjusted, load, options), trend, isTail);
        var line = TheilSen.Fit(part.Seconds, adjusted, trend.Inflation);
        return new GrowthWindow(
            new GateInput
            {
                Series = series,
                Timeline = part,
                Raw = raw,
                Adjusted = adjusted,
                RawSamples = series.RawSamples is null ? null : LoadTimeline.Pick(series.RawSamples, points),
                AllocatedSamples = series.AllocatedSamples is null ? null : LoadTimeline.Pick(series.AllocatedSamples, points),
                Enclosing = series.Enclosing is null ? null : LoadTimeline.Pick(series.Enclosing, points),
                Whole = series.Whole is null ? null : LoadTimeline.Pick(series.Whole, points),
                Line = line,
                Noise = Math.Max(series.Resolution, NoiseAround(line, part, adjusted)),
                Load = load with { PerRequest = LoadModel.PerRequest(part, adjusted) },
                Options = options,
                IsWhole = isWhole,
            },
            trend,
            isTail);
    }

    // No gate will be asked about it.
    private static GateInput Flat(GrowthSeries series, LoadTimeline timeline, double[] raw, double[] adjusted, LoadFit load, GrowthOptions options) => new()
    {
        Series = series,
        Timeline = timeline,
        Raw = raw,
        Adjusted = adjusted,
        RawSamples = null,
        Enclosing = null,
        Line = new SlopeBand(0, 0, 0, RobustStatistics.Median(adjusted)),
        Noise = series.Resolution,
        Load = load,
        Options = options,
    };

    private static double NoiseAround(SlopeBand line, LoadTimeline timeline, double[] values)
    {
        var rest = new double[values.Length];
        for (var i = 0; i < rest.Length; i++) rest[i] = values[i] - line.At(timeline.Seconds[i]);
        return RobustStatistics.Sigma(rest);
    }
}
