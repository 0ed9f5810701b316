namespace Plumb.Cli.Leaks.Rendering.Html;

/// <summary>An axis with round ticks: from the lowest value, or 0 where that is near, to beyond the highest.</summary>
internal sealed class ChartScale
{
    private const int WantedSteps = 4;

    private ChartScale(double low, double high, double step)
    {
        Low = low;
        High = high;
        Step = step;
    }

    public double Low { get; }

    public double High { get; }

    public double Step { get; }

    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(i => Low + (i * Step));

    /// <summary>For counts and bytes; bytes have ticks at powers of two.</summary>
    public static ChartScale Of(double low, double high, bool isBytes)
    {
        double least = isBytes ? 4096 : 4;
        double range = Math.Max(high - low, Math.Max(least, 0.2 * Math.Abs(high)));
        // A level far above nought is not squeezed to the top of the chart, but one near it shows where nought is.
        // One that hardly moves is in the middle: at the bottom it would look like nothing.
        double margin = (range - (high - low)) / 2;
        double from = low <= 3 * range ? Math.Min(0, low) : low - margin;
        double to = Math.Max(high, from + range);
        double step = RoundStep((to - from) / WantedSteps, isBytes);
        double bottom = Math.Floor(from / step) * step;
        return new ChartScale(bottom, bottom + (Math.Max(1, Math.Ceiling((to - bottom) / step)) * step), step);
    }

    /// <summary>For a time axis: steps that clocks have.</summary>
    public static ChartScale OfSeconds(double high)
    {
        double[] steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];
        double wanted = Math.Max(high, 1) / WantedSteps;
        double step = steps.FirstOrDefault(one => one >= wanted, Math.Ceiling(wanted / 86_400) * 86_400);
        return new ChartScale(0, Math.Max(1, Math.Ceiling(high / step)) * step, step);
    }

    private static double RoundStep(double rough, bool isBytes)
    {
        double basis = isBytes ? Math.Pow(2, Math.Floor(Math.Log2(Math.Max(rough, 1)))) : Math.Pow(10, Math.Floor(Math.Log10(Math.Max(rough, 1))));
        double[] factors = isBytes ? [1, 2] : [1, 2, 2.5, 5, 10];
        double factor = factors.FirstOrDefault(one => one * basis >= rough, factors[^1]);
        // Half a goroutine is no tick.
        return !isBytes && basis <= 1 ? Math.Max(1, Math.Ceiling(factor * basis)) : factor * basis;
    }
}
