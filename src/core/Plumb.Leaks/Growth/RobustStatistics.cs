namespace Plumb.Leaks.Growth;

/// <summary>Order statistics that a few wild values do not move.</summary>
internal static class RobustStatistics
{
    // Makes the median absolute deviation of a normal sample an estimate of its standard deviation.
    private const double MadToSigma = 1.4826;

    /// <summary>The median; 0 for no values.</summary>
    public static double Median(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return 0;
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return MedianOfSorted(sorted);
    }

    public static double MedianOfSorted(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty) return 0;
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>A robust estimate of the standard deviation around the median; 0 for fewer than two values.</summary>
    public static double Sigma(ReadOnlySpan<double> values)
    {
        if (values.Length < 2) return 0;
        var center = Median(values);
        var deviations = new double[values.Length];
        for (var i = 0; i < values.Length; i++) deviations[i] = Math.Abs(values[i] - center);
        return MadToSigma * Median(deviations);
    }

    public static double Mean(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return 0;
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    /// <summary>Standard deviation over mean; 0 when the mean is 0, so that an idle service counts as steady.</summary>
    public static double Variation(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        if (values.Length < 2 || mean == 0) return 0;
        var sum = 0.0;
        foreach (var value in values) sum += (value - mean) * (value - mean);
        return Math.Sqrt(sum / (values.Length - 1)) / Math.Abs(mean);
    }

    /// <summary>Pearson's correlation; 0 when either side is constant.</summary>
    public static double Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var mx = Mean(x);
        var my = Mean(y);
        double xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
            xy += (x[i] - mx) * (y[i] - my);
        }

        return xx <= 0 || yy <= 0 ? 0 : xy / Math.Sqrt(xx * yy);
    }

    public static double Min(ReadOnlySpan<double> values)
    {
        var min = double.PositiveInfinity;
        foreach (var value in values) min = Math.Min(min, value);
        return min;
    }

    public static double Max(ReadOnlySpan<double> values)
    {
        var max = double.NegativeInfinity;
        foreach (var value in values) max = Math.Max(max, value);
        return max;
    }
}
