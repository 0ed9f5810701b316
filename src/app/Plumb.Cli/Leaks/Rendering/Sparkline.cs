namespace Plumb.Cli.Leaks.Rendering;

/// <summary>A series as a line of blocks, lowest value to highest.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    // The full height stands for a quarter of the lowest value at least: stretched further, the tremble of a level series (9, 10, 9
    // threads) would look like a storm.
    private const double LeastRange = 0.25;

    /// <summary>At most <paramref name="width"/> characters, one for each value while they fit; a gap where there is no value.</summary>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        double[] points = Fit(values, width);
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double point in points)
        {
            if (double.IsFinite(point))
            {
                low = Math.Min(low, point);
                high = Math.Max(high, point);
            }
        }

        double range = Math.Max(high - low, LeastRange * Math.Abs(low));
        return string.Create(points.Length, (points, low, range), static (line, state) =>
        {
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = BlockOf(state.points[i] - state.low, state.range);
            }
        });
    }

    private static char BlockOf(double height, double range)
    {
        if (!double.IsFinite(height))
        {
            return ' ';
        }

        // Differences of huge values can be infinite.
        double share = range > 0 && double.IsFinite(range) ? height / range : 0;
        return Blocks[(int)Math.Round(share * (Blocks.Length - 1))];
    }

    // More values than places: each place shows the mean of its share.
    private static double[] Fit(IReadOnlyList<double> values, int width)
    {
        if (values.Count <= width)
        {
            return [.. values];
        }

        double[] points = new double[width];
        for (int i = 0; i < width; i++)
        {
            int from = (int)((long)i * values.Count / width);
            int to = (int)((long)(i + 1) * values.Count / width);
            double sum = 0;
            int known = 0;
            for (int j = from; j < to; j++)
            {
                if (double.IsFinite(values[j]))
                {
                    sum += values[j];
                    known++;
                }
            }

            points[i] = known == 0 ? double.NaN : sum / known;
        }

        return points;
    }
}
