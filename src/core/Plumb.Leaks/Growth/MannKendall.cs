namespace Plumb.Leaks.Growth;

/// <summary>
/// The one-sided Mann–Kendall test for a rising trend. Exact for up to twelve points without ties, else the normal
/// approximation with the tie correction and, from ten points on, Hamed and Rao's (1998) inflation for autocorrelation.
/// </summary>
public static class MannKendall
{
    private const int ExactUpTo = 12;
    private const int InflationFrom = 10;
    private const double Hopeless = 0.1;

    public static TrendTest Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double resolution = 0)
    {
        if (x.Length != y.Length) throw new ArgumentException("x and y must have the same length", nameof(y));
        if (y.Length < 3) return TrendTest.None;
        var score = Score(y);
        var tied = TieTerm(y);
        var uninflated = NormalUpperTail(y.Length, score, tied, 1);
        // Thousands of stacks do not rise at all. What the variance is and how well a line fits matters for the few that do.
        if (uninflated > Hopeless) return new TrendTest(score, y.Length * (y.Length - 1) / 2, 1, uninflated, 1);
        var inflation = y.Length < InflationFrom ? 1 : Inflation(x, y);
        var rank = tied == 0 && y.Length <= ExactUpTo && inflation <= 1
            ? ExactUpperTail(y.Length, score)
            : NormalUpperTail(y.Length, score, tied, inflation);
        return new TrendTest(score, y.Length * (y.Length - 1) / 2, inflation, rank, LineP(x, y, resolution, inflation));
    }

    /// <summary>Kendall's S: the number of later-and-higher pairs less the later-and-lower ones.</summary>
    public static int Score(ReadOnlySpan<double> y)
    {
        var score = 0;
        for (var i = 0; i < y.Length; i++)
        {
            for (var j = i + 1; j < y.Length; j++) score += Math.Sign(y[j] - y[i]);
        }

        return score;
    }

    private static double NormalUpperTail(int n, int score, double tied, double inflation)
    {
        var variance = (n * (n - 1.0) * (2.0 * n + 5) - tied) / 18 * inflation;
        if (variance <= 0) return 1;
        var corrected = score > 0 ? score - 1 : score < 0 ? score + 1 : 0;
        return Distributions.NormalUpperTail(corrected / Math.Sqrt(variance));
    }

    // S = pairs - 2·inversions, and inversions of a random permutation have the Mahonian distribution.
    private static double ExactUpperTail(int n, int score)
    {
        var inversions = (n * (n - 1) / 2 - score) / 2;
        var counts = new double[n * (n - 1) / 2 + 1];
        counts[0] = 1;
        for (var size = 2; size <= n; size++) AddElement(counts, size);
        double total = 0, upTo = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            if (i <= inversions) upTo += counts[i];
        }

        return upTo / total;
    }

    private static void AddElement(double[] counts, int size)
    {
        var before = (double[])counts.Clone();
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = 0;
            for (var j = 0; j < size && j <= i; j++) counts[i] += before[i - j];
        }
    }

    private static double TieTerm(ReadOnlySpan<double> y)
    {
        var sorted = y.ToArray();
        Array.Sort(sorted);
        var sum = 0.0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            while (end < sorted.Length && sorted[end] == sorted[start]) end++;
            double ties = end - start;
            if (ties > 1) sum += ties * (ties - 1) * (2 * ties + 5);
            start = end;
        }

        return sum;
    }

    private static double Inflation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var n = y.Length;
        var ranks = Ranks(Detrended(x, y));
        var limit = 1.96 / Math.Sqrt(n);
        var sum = 0.0;
        // Beyond a third of the series an autocorrelation rests on too few pairs to be one.
        for (var lag = 1; lag <= n / 3; lag++)
        {
            var rho = Autocorrelation(ranks, lag);
            if (Math.Abs(rho) > limit) sum += (n - lag) * (n - lag - 1.0) * (n - lag - 2.0) * rho;
        }

        return Math.Max(1, 1 + 2 * sum / (n * (n - 1.0) * (n - 2.0)));
    }

    private static double[] Detrended(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var slope = TheilSen.Fit(x, y).Slope;
        var rest = new double[y.Length];
        for (var i = 0; i < y.Length; i++) rest[i] = y[i] - slope * x[i];
        return rest;
    }

    private static double[] Ranks(double[] values)
    {
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort((double[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && values[order[end]] == values[order[start]]) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = (start + end - 1) / 2.0 + 1;
            start = end;
        }

        return ranks;
    }

    private static double Autocorrelation(double[] values, int lag)
    {
        var mean = RobustStatistics.Mean(values);
        double all = 0, lagged = 0;
        for (var i = 0; i < values.Length; i++)
        {
            all += (values[i] - mean) * (values[i] - mean);
            if (i >= lag) lagged += (values[i] - mean) * (values[i - lag] - mean);
        }

        return all <= 0 ? 0 : lagged / all;
    }

    // Student's test of the least-squares slope. A series cannot be known better than its resolution (one goroutine, one
    // sampled object), so the residuals never count as smaller than that.
    private static double LineP(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double resolution, double inflation)
    {
        var n = y.Length;
        var effective = n / inflation;
        if (effective <= 3) return 1;
        double mx = RobustStatistics.Mean(x), my = RobustStatistics.Mean(y), xx = 0, xy = 0;
        for (var i = 0; i < n; i++)
        {
            xx += (x[i] - mx) * (x[i] - mx);
            xy += (x[i] - mx) * (y[i] - my);
        }

        if (xx <= 0) return 1;
        var slope = xy / xx;
        var squares = 0.0;
        for (var i = 0; i < n; i++)
        {
            var rest = y[i] - my - slope * (x[i] - mx);
            squares += rest * rest;
        }

        var variance = Math.Max(squares / (n - 2), resolution * resolution);
        if (variance <= 0) return slope > 0 ? 0 : 1;
        var t = slope / Math.Sqrt(variance / xx * inflation);
        return Distributions.StudentUpperTail(t, effective - 2);
    }
}
