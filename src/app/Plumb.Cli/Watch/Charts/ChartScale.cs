namespace Plumb.Cli.Watch.Charts;

/// <summary>How high a chart is.</summary>
internal static class ChartScale
{
    private static readonly double[] s_steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

    /// <summary>A round figure at or above <paramref name="highest"/>; all charts begin at 0, so that a rise looks as large as it is.</summary>
    public static double Top(double highest, ChartUnit unit)
    {
        if (!double.IsFinite(highest) || highest <= 0)
        {
            return unit switch
            {
                ChartUnit.Bytes => 1 << 20,
                ChartUnit.Seconds => 1e-3,
                _ => 1,
            };
        }

        double power = unit == ChartUnit.Bytes ? Math.Pow(1024, Math.Floor(Math.Log2(highest) / 10)) : 1;
        double decade = power * Math.Pow(10, Math.Floor(Math.Log10(highest / power)));
        return decade * s_steps.First(step => step * decade >= highest * 0.999999);
    }
}
