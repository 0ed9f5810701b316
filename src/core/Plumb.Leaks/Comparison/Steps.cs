using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Comparison;

/// <summary>
/// Growth by the request, or by the second, from the steps between snapshots. Steps of what is retained are independent of each other, as
/// requests are, so their spread tells how well the rate is known; a fit through the levels would take its own wandering for precision. Where the
/// series only trembles around a level, the spread of its steps is rather too wide than too narrow.
/// </summary>
internal static class Steps
{
    private const int FewestSteps = 4;
    private const int WarmUpFrom = 8;
    private const double LeastShareOfSpread = 0.25;

    /// <param name="values">The levels; NaN where a snapshot lacks one.</param>
    /// <param name="work">Requests or seconds so far, rising.</param>
    /// <param name="rawSamples">The samples behind each value of an estimate; null for a count.</param>
    public static Estimate Rate(ReadOnlySpan<double> values, ReadOnlySpan<double> work, ReadOnlySpan<double> rawSamples)
    {
        var points = Points(values, work);
        if (points.Count - 1 < FewestSteps) return Estimate.Unknown;
        var (first, last) = (points[0], points[^1]);
        var whole = work[last] - work[first];
        if (!(whole > 0)) return Estimate.Unknown;
        var rate = (values[last] - values[first]) / whole;
        var steps = points.Count - 1;
        var variance = Math.Max(steps * Spread(values, work, points, rate), Sampling(values, rawSamples, first, last));
        return new Estimate(rate, Math.Sqrt(variance) / whole, steps - 1);
    }

    // The first snapshots see connections opened and buffers grown to their size, once.
    private static List<int> Points(ReadOnlySpan<double> values, ReadOnlySpan<double> work)
    {
        var points = new List<int>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]) && double.IsFinite(work[i])) points.Add(i);
        }

        return points.Count < WarmUpFrom ? points : points[Math.Max(1, points.Count / 10)..];
    }

    // Retained things come in independent steps; a level that trembles gives back in the next step what it took in this one. Which of the two it
    // is, the correlation of neighbouring steps tells (Bartlett's weights over two lags), and three quarters of the spread may be taken off for it at most.
    private static double Spread(ReadOnlySpan<double> values, ReadOnlySpan<double> work, List<int> points, double rate)
    {
        var rests = new double[points.Count - 1];
        for (var i = 0; i < rests.Length; i++)
            rests[i] = values[points[i + 1]] - values[points[i]] - rate * (work[points[i + 1]] - work[points[i]]);
        var own = Products(rests, 0);
        var together = own + (2 * ((2.0 / 3 * Products(rests, 1)) + (1.0 / 3 * Products(rests, 2))));
        // A count is rounded to whole ones, twice a step: the least that a spread can be.
        return Math.Max(Math.Max(together, LeastShareOfSpread * own) / (rests.Length - 1), 1.0 / 6);
    }

    private static double Products(double[] rests, int lag)
    {
        var sum = 0.0;
        for (var i = lag; i < rests.Length; i++) sum += rests[i] * rests[i - lag];
        return sum;
    }

    // Heap is known through its samples: what was gained cannot be known better than their number, a Poisson count, allows.
    private static double Sampling(ReadOnlySpan<double> values, ReadOnlySpan<double> rawSamples, int first, int last)
    {
        if (rawSamples.IsEmpty) return 0;
        var most = Math.Max(rawSamples[first], rawSamples[last]);
        if (!(most > 0)) return HeapSampling.DefaultRate * HeapSampling.DefaultRate;
        var each = Math.Max(values[first], values[last]) / most;
        return each * each * Math.Max(1, Math.Abs(rawSamples[last] - rawSamples[first]));
    }
}
