using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Scoring;

/// <summary>How well the growth that was seen early tells what came later.</summary>
internal static class Backtest
{
    private const int FewestLaterSnapshots = 4;

    /// <summary>
    /// The relative error of the time until the curve reaches the level that it has at the end of the series, foretold from the first snapshots.
    /// Null when the series goes on for too short a time, or the curve is not in both answers. Infinite when it has not grown any more.
    /// </summary>
    public static double? Error(Answer early, Answer whole)
    {
        if (early.Leaks.FirstOrDefault()?.Evidence is not [{ } curve, ..] || curve.PerSecond <= 0)
            return null;
        AnswerSeries? later = whole.Findings.SelectMany(finding => finding.Evidence).FirstOrDefault(series => series.Name == curve.Name && series.Resource == curve.Resource);
        if (later is null || Last(curve) is not { } now || Last(later) is not { } end || later.Seconds.Count - curve.Seconds.Count < FewestLaterSnapshots)
            return null;
        double foretold = (end.Value - now.Value) / curve.PerSecond;
        double passed = end.Seconds - now.Seconds;
        return foretold <= 0 ? double.PositiveInfinity : Math.Abs(foretold - passed) / passed;
    }

    private static (double Seconds, double Value)? Last(AnswerSeries series)
    {
        for (int i = series.Values.Count - 1; i >= 0; i--)
        {
            if (series.Values[i] is { } value)
                return (series.Seconds[i], value);
        }

        return null;
    }
}
