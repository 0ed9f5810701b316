namespace Plumb.Leaks.Growth;

/// <summary>
/// The Theil–Sen line: the median of the slopes between all pairs of points. Up to 29 % of wild points do not move it.
/// </summary>
public static class TheilSen
{
    private const double BandZ = 1.96;

    /// <summary>
    /// Fits the line; the band is Sen's (1968), from the variance of Kendall's S, widened by <paramref name="inflation"/>
    /// for autocorrelated series. Quadratic in the number of points: shorten long series first (<see cref="FloorSeries"/>).
    /// </summary>
    /// <exception cref="ArgumentException">The two sides differ in length.</exception>
    public static SlopeBand Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double inflation = 1)
    {
        if (x.Length != y.Length) throw new ArgumentException("x and y must have the same length", nameof(y));
        var slopes = PairSlopes(x, y);
        if (slopes.Length == 0) return new SlopeBand(0, 0, 0, RobustStatistics.Median(y));
        var slope = RobustStatistics.MedianOfSorted(slopes);
        var (low, high) = Band(slopes, x.Length, inflation);
        return new SlopeBand(slope, low, high, MedianIntercept(x, y, slope));
    }

    private static double[] PairSlopes(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var slopes = new double[x.Length * (x.Length - 1) / 2];
        var count = 0;
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = i + 1; j < x.Length; j++)
            {
                if (x[j] != x[i]) slopes[count++] = (y[j] - y[i]) / (x[j] - x[i]);
            }
        }

        Array.Resize(ref slopes, count);
        Array.Sort(slopes);
        return slopes;
    }

    private static (double Low, double High) Band(double[] slopes, int n, double inflation)
    {
        var deviation = BandZ * Math.Sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18 * Math.Max(1, inflation));
        var low = (int)Math.Floor((slopes.Length - deviation) / 2);
        var high = (int)Math.Ceiling((slopes.Length + deviation) / 2);
        return (slopes[Math.Clamp(low, 0, slopes.Length - 1)], slopes[Math.Clamp(high, 0, slopes.Length - 1)]);
    }

    private static double MedianIntercept(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double slope)
    {
        var intercepts = new double[x.Length];
        for (var i = 0; i < x.Length; i++) intercepts[i] = y[i] - slope * x[i];
        return RobustStatistics.Median(intercepts);
    }
}
