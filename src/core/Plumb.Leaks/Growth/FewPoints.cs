namespace Plumb.Leaks.Growth;

/// <summary>
/// Judges goroutines by three to five dumps. No test can tell so few points from chance, but the ids can: whoever was there
/// before is still there, and as many come again in each stretch of time.
/// </summary>
internal static class FewPoints
{
    private const int Fewest = 3;
    private const double LeastSurvival = 0.8;
    private const double LeastGrowth = 20;
    private const double LeastRelativeGrowth = 0.5;
    private const double MostUneven = 1.67;
    private const double PlainGrowth = 100;
    private const double PlainSurvival = 0.9;

    /// <summary>Null when the points do not say enough.</summary>
    public static GrowthResult? Judge(GrowthSeries series, LoadTimeline timeline, int[] points)
    {
        if (points.Length < Fewest || series.Survival is not >= LeastSurvival) return null;
        var values = LoadTimeline.Pick(series.Values, points);
        var part = timeline.At(points);
        var seconds = part.Seconds.ToArray();
        var grown = values[^1] - values[0];
        if (grown < Math.Max(LeastGrowth, LeastRelativeGrowth * values[0]) || !RisesEvenly(seconds, values)) return null;
        var line = TheilSen.Fit(seconds, values);
        return new GrowthResult
        {
            Verdict = grown >= PlainGrowth && series.Survival >= PlainSurvival ? GrowthVerdict.Grows : GrowthVerdict.Suspicious,
            Reason = "few points, but the goroutines of earlier dumps are still there and more come at an even pace",
            Points = points.Length,
            PerSecond = line,
            Growth = grown,
            Level = values[^1],
            Load = LoadModel.Fit(part, values).Fit with { PerRequest = LoadModel.PerRequest(part, values) },
        };
    }

    private static bool RisesEvenly(double[] seconds, double[] values)
    {
        double slowest = double.PositiveInfinity, fastest = 0;
        for (var i = 1; i < values.Length; i++)
        {
            var rate = (values[i] - values[i - 1]) / (seconds[i] - seconds[i - 1]);
            slowest = Math.Min(slowest, rate);
            fastest = Math.Max(fastest, rate);
        }

        return slowest > 0 && fastest <= MostUneven * slowest;
    }
}
