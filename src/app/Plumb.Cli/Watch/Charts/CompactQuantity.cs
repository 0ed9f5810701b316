using System.Globalization;

namespace Plumb.Cli.Watch.Charts;

/// <summary>Figures in at most six characters, for legends and axes: 12.3M, 1,204, 350µs.</summary>
internal static class CompactQuantity
{
    private static readonly string[] s_bytes = ["B", "K", "M", "G", "T", "P"];
    private static readonly string[] s_counts = ["", "k", "M", "G", "T"];

    public static string Of(double value, ChartUnit unit) => (double.IsFinite(value), unit) switch
    {
        (false, _) => "?",
        (_, ChartUnit.Bytes) => Scaled(value, 1024, s_bytes),
        (_, ChartUnit.Seconds) => Seconds(value),
        (_, ChartUnit.Cores) => Format(value, value < 9.995 ? "0.00" : "0.0"),
        _ when Math.Abs(value) < 9999.5 => Format(value, value == Math.Floor(value) || value >= 99.95 ? "#,0" : "0.#"),
        _ => Scaled(value, 1000, s_counts),
    };

    private static string Scaled(double value, double step, string[] units)
    {
        int unit = 0;
        while (Math.Abs(value) >= step - 0.5 && unit < units.Length - 1)
        {
            value /= step;
            unit++;
        }

        return Format(value, unit == 0 || Math.Abs(value) >= 99.95 ? "0" : "0.#") + units[unit];
    }

    private static string Seconds(double value) => value switch
    {
        0 => "0",
        < 0.9995e-3 => Format(value * 1e6, "0") + "µs",
        < 0.9995 => Format(value * 1e3, value < 9.95e-3 ? "0.0" : "0") + "ms",
        _ => Format(value, "0.#") + "s",
    };

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
