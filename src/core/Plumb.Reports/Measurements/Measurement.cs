using System.Globalization;
using Plumb.Profiles.Units;

namespace Plumb.Reports.Measurements;

/// <summary>Writes amounts and percentages the way pprof does, to the character.</summary>
public static class Measurement
{
    /// <summary>An amount with its unit, at most two decimals: <c>1.50MB</c>, <c>20ms</c>, <c>7</c>; zero has no unit.</summary>
    /// <param name="from">The unit of <paramref name="value"/>.</param>
    /// <param name="to">The unit to show it in, <see cref="UnitScale.Auto"/> or <see cref="UnitScale.Minimum"/>.</param>
    public static string Format(long value, string from, string to)
    {
        (double amount, string unit) = UnitScale.Convert(value, from, to);
        string text = Number(amount);
        return text is "0" ? text : text + unit;
    }

    /// <summary>An amount in the unit in which it reads best.</summary>
    public static string Format(long value, string unit) => Format(value, unit, UnitScale.Auto);

    /// <summary>How much of the total a value is, without its sign: <c> 33.3%</c>, <c>  100%</c>, <c>0.009%</c>; 0 of a total of 0. Padded to six characters.</summary>
    public static string Percent(long value, long total) => Percent(PercentOf(value, total));

    /// <summary>The same without the padding, for running text.</summary>
    public static string ShortPercent(long value, long total) => Percent(value, total).Trim();

    public static double PercentOf(long value, long total) => total == 0 ? 0 : Math.Abs((double)value / total) * 100;

    private static string Percent(double percent) => percent switch
    {
        >= 99.95 and <= 100.05 => "  100%",
        >= 1 => percent.ToString("F2", CultureInfo.InvariantCulture).PadLeft(5) + "%",
        // C's %.2g: two digits that count, and an exponent in lower case once there are more than three zeros.
        _ => percent.ToString("G2", CultureInfo.InvariantCulture).ToLowerInvariant().PadLeft(5) + "%",
    };

    private static string Number(double amount)
    {
        string text = amount.ToString("F2", CultureInfo.InvariantCulture);
        if (text.EndsWith(".00", StringComparison.Ordinal))
            text = text[..^3];

        return text is "-0" ? "0" : text;
    }
}
