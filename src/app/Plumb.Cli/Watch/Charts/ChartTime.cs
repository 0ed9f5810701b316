namespace Plumb.Cli.Watch.Charts;

/// <summary>Where moments are in a chart: from the beginning of the watch to now, a minute at least.</summary>
/// <param name="Seconds">When each sample was taken, since the beginning.</param>
internal sealed record ChartTime(double[] Seconds)
{
    private const double LeastSeconds = 60;

    public double Span => Math.Max(LeastSeconds, Seconds.Length > 0 ? Seconds[^1] : 0);

    public int ColumnOf(double second, int columns) => Math.Clamp((int)(second / Span * (columns - 1)), 0, columns - 1);

    /// <summary>One value for each column: the highest of the samples in it; between two samples the earlier one. NaN before the first,
    /// behind the last, and from a sample that lacks it to the next.</summary>
    public double[] Spread(double[] values, int columns)
    {
        double[] spread = new double[columns];
        Array.Fill(spread, double.NaN);
        int filled = -1;
        for (int i = 0; i < values.Length; i++)
        {
            int column = ColumnOf(Seconds[i], columns);
            for (int gap = filled + 1; filled >= 0 && gap < column; gap++)
            {
                spread[gap] = spread[filled];
            }

            spread[column] = column == filled && double.IsFinite(spread[column]) ? Math.Max(spread[column], double.IsFinite(values[i]) ? values[i] : spread[column]) : values[i];
            filled = column;
        }

        return spread;
    }
}
