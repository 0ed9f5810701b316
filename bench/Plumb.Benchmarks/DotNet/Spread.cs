using System.Globalization;

namespace Plumb.Benchmarks.DotNet;

/// <summary>A median, and between what bounds it lies in 19 of 20 cases whatever the distribution (order statistics).</summary>
internal readonly record struct Spread(double Median, double Low, double High)
{
    private const double Bounds95 = 0.98;

    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        if (sorted.Length == 0)
            return new(double.NaN, double.NaN, double.NaN);
        double middle = (sorted.Length - 1) / 2.0;
        double reach = Bounds95 * Math.Sqrt(sorted.Length);
        return new(
            (sorted[(int)Math.Floor(middle)] + sorted[(int)Math.Ceiling(middle)]) / 2,
            sorted[Math.Max(0, (int)Math.Floor(middle - reach))],
            sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(middle + reach))]);
    }

    /// <summary>A share as a difference in percent: 1.02 is +2.0 %.</summary>
    public string AsChange() => double.IsNaN(Median)
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * (Median - 1):+0.0;−0.0} % ({100 * (Low - 1):+0.0;−0.0} to {100 * (High - 1):+0.0;−0.0})");

    public string AsRange(string format) => double.IsNaN(Median)
        ? "–"
        : $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({Low.ToString(format, CultureInfo.InvariantCulture)} to {High.ToString(format, CultureInfo.InvariantCulture)})";
}
