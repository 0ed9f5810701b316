using System.Globalization;

namespace Plumb.Cli.Leaks.Rendering;

/// <summary>Figures as a person reads them: 1,204; 12.3 MiB; +200/s; 3 h 20 min.</summary>
internal static class Quantity
{
    private const double SecondsPerMinute = 60;
    private const double SecondsPerHour = 3600;

    private static readonly string[] s_byteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <param name="value">A level or a difference.</param>
    /// <param name="unit">"bytes", or anything else for a count.</param>
    public static string Of(double value, string unit) => (double.IsFinite(value), unit) switch
    {
        (false, _) => "unknown",
        (_, "bytes") => Bytes(value),
        _ => Count(value),
    };

    public static string Count(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 99.95 => Format(value, "#,0"),
        >= 10 when value == Math.Floor(value) => Format(value, "0"),
        >= 10 => Format(value, "0.0"),
        _ when value == Math.Floor(value) => Format(value, "0"),
        >= 0.01 => Format(value, "0.##"),
        _ => Format(value, "0.0E+0"),
    };

    public static string Bytes(double value)
    {
        double size = value;
        int unit = 0;
        while (Math.Abs(size) >= 1024 && unit < s_byteUnits.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        string format = unit == 0 || Math.Abs(size) >= 99.95 ? "0" : "0.0";
        return $"{Format(size, format)} {s_byteUnits[unit]}";
    }

    /// <summary>A growth with its sign, by the second, the minute or the hour: whichever gives a figure of at least one.</summary>
    /// <param name="perSecond">The growth.</param>
    /// <param name="unit">"bytes", or anything else for a count.</param>
    /// <param name="noun">What is counted, between the figure and the time: "+200 goroutines/s".</param>
    public static string Rate(double perSecond, string unit, string noun = "")
    {
        if (!double.IsFinite(perSecond))
        {
            return "growth unknown";
        }

        double size = Math.Abs(perSecond);
        (double shown, string time) = size switch
        {
            >= 1 or 0 => (size, "s"),
            _ when size * SecondsPerMinute >= 1 => (size * SecondsPerMinute, "min"),
            _ => (size * SecondsPerHour, "h"),
        };
        string counted = noun.Length > 0 ? $" {noun}" : "";
        string sign = perSecond switch { > 0 => "+", < 0 => "-", _ => "±" };
        return $"{sign}{Of(shown, unit)}{counted}/{time}";
    }

    /// <summary>The two largest units: "45 s", "3 h 20 min", "12 d".</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 0 => "0 s",
        < 10 when time.TotalSeconds != Math.Floor(time.TotalSeconds) => $"{Format(time.TotalSeconds, "0.0")} s",
        < 120 => $"{Format(time.TotalSeconds, "0")} s",
        < SecondsPerHour => Two((int)time.TotalMinutes, "min", time.Seconds, "s"),
        < 48 * SecondsPerHour => Two((int)time.TotalHours, "h", time.Minutes, "min"),
        < 365 * 24 * SecondsPerHour => Two((int)time.TotalDays, "d", time.TotalDays < 10 ? time.Hours : 0, "h"),
        _ => "more than a year",
    };

    public static string Milliseconds(TimeSpan? time) => time switch
    {
        null => "–",
        { TotalMilliseconds: < 10 } quick => $"{Format(quick.TotalMilliseconds, "0.0")} ms",
        { TotalMilliseconds: < 10_000 } slow => $"{Format(slow.TotalMilliseconds, "0")} ms",
        { } stuck => $"{Format(stuck.TotalSeconds, "0.0")} s",
    };

    public static string Percent(double share) => $"{Format(Math.Floor(Math.Clamp(share, 0, 1) * 100), "0")} %";

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit}")
            : string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit} {small} {smallUnit}");

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
