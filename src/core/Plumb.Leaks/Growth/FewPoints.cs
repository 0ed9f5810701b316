namespace Plumb.Leaks.Growth;

/// <summary>
/// Judges goroutines by three to five points. No test can tell so few from chance, but two things can: the ids in dumps, for
/// whoever was there before is still there and as many come again in each stretch of time; and what they wait for, where no healthy
/// goroutine waits for long.
/// </summary>
internal static class FewPoints
{
    private const int Fewest = 3;
    private const int FewestWithoutIds = 4;
    private const double LeastSurvival = 0.8;
    private const double LeastGrowth = 20;
    private const double LeastStuck = 3;
    private const double LeastRelativeGrowth = 0.5;
    private const double MostUneven = 1.67;
    private const double MostStill = 0.34;
    private const double PlainGrowth = 100;
    private const double PlainSurvival = 0.9;

    /// <summary>Null when the points do not say enough.</summary>
    public static GrowthResult? Judge(GrowthSeries series, LoadTimeline timeline, int[] points)
    {
        if (points.Length < Fewest || series.Quantity != GrowthQuantity.Goroutines) return null;
        var values = LoadTimeline.Pick(series.Values, points);
        var part = timeline.At(points);
        var grown = values[^1] - values[0];
        if (grown < LeastRelativeGrowth * values[0]) return null;
        if (series.Survival is >= LeastSurvival && grown >= LeastGrowth && RisesEvenly(part.Seconds, values))
        {
            var isPlain = grown >= PlainGrowth && series.Survival >= PlainSurvival;
            return Result(series, part, values, isPlain, "few points, but the goroutines of earlier dumps are still there and more come at an even pace");
        }

        return series.IsStuck && grown >= LeastStuck && KeepsRising(values) && (series.Survival ?? Unseen(points)) >= LeastSurvival
            ? Result(series, part, values, isPlain: false, "few points, but none leaves, more come, and they wait as no healthy goroutine does for long")
            : null;
    }

    private static double Unseen(int[] points) => points.Length >= FewestWithoutIds ? 1 : 0;

    private static GrowthResult Result(GrowthSeries series, LoadTimeline part, double[] values, bool isPlain, string reason) => new()
    {
        Verdict = isPlain ? GrowthVerdict.Grows : GrowthVerdict.Suspicious,
        Reason = reason,
        Points = values.Length,
        PerSecond = TheilSen.Fit(part.Seconds, values),
        Growth = values[^1] - values[0],
        Level = values[^1],
        Load = LoadModel.Fit(part, values).Fit with { PerRequest = LoadModel.PerRequest(part, values) },
    };

    private static bool RisesEvenly(ReadOnlySpan<double> seconds, double[] values)
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

    private static bool KeepsRising(double[] values)
    {
        var still = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] < values[i - 1]) return false;
            if (values[i] == values[i - 1]) still++;
        }

        return still <= MostStill * (values.Length - 1);
    }
}
