using System.Globalization;

namespace Plumb.Reports.Measurements;

/// <summary>Writes times and durations the way Go prints them.</summary>
internal static class ProfileTime
{
    private const long NanosPerTick = 100;

    /// <summary>Like <c>2006-01-02 15:04:05 UTC</c>.</summary>
    public static string Format(long unixNanos, TimeZoneInfo zone) =>
        In(unixNanos, zone).ToString("yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture) + Abbreviation(unixNanos, zone);

    /// <summary>Like <c>2006-01-02 15:04:05.999999999 +0000 UTC</c>, without zeros at the end of the fraction.</summary>
    public static string FormatExact(long unixNanos, TimeZoneInfo zone)
    {
        long fraction = ((unixNanos % 1_000_000_000) + 1_000_000_000) % 1_000_000_000;
        string digits = fraction == 0 ? "" : "." + fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        DateTimeOffset time = In(unixNanos, zone);
        string offset = (time.Offset < TimeSpan.Zero ? "-" : "+") + time.Offset.ToString("hhmm", CultureInfo.InvariantCulture);
        return $"{time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}{digits} {offset} {Abbreviation(unixNanos, zone)}";
    }

    /// <summary>Like <c>1h2m3.5s</c>, <c>1.5s</c> or <c>2µs</c>.</summary>
    public static string FormatDuration(long nanos)
    {
        ulong rest = nanos < 0 ? (ulong)-(nanos + 1) + 1 : (ulong)nanos;
        string sign = nanos < 0 ? "-" : "";
        return sign + rest switch
        {
            0 => "0s",
            < 1_000 => $"{Decimal(rest, 1)}ns",
            < 1_000_000 => $"{Decimal(rest, 1_000)}µs",
            < 1_000_000_000 => $"{Decimal(rest, 1_000_000)}ms",
            _ => HoursAndLess(rest),
        };
    }

    private static string HoursAndLess(ulong nanos)
    {
        const ulong Minute = 60_000_000_000, Hour = 60 * Minute;
        string seconds = $"{Decimal(nanos % Minute, 1_000_000_000)}s";
        if (nanos < Minute)
            return seconds;

        string minutes = $"{Decimal(nanos % Hour / Minute, 1)}m{seconds}";
        return nanos < Hour ? minutes : $"{Decimal(nanos / Hour, 1)}h{minutes}";
    }

    private static string Decimal(ulong value, ulong unit) => (value / (decimal)unit).ToString("0.#########", CultureInfo.InvariantCulture);

    private static DateTimeOffset In(long unixNanos, TimeZoneInfo zone)
    {
        long ticks = unixNanos / NanosPerTick;
        if (unixNanos % NanosPerTick < 0)
            ticks--;

        return TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(ticks), zone);
    }

    private static string Abbreviation(long unixNanos, TimeZoneInfo zone)
    {
        if (zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime)
            return "UTC";

        string name = zone.IsDaylightSavingTime(In(unixNanos, zone)) ? zone.DaylightName : zone.StandardName;
        // Where the system knows long names only, Go prints the offset.
        return name.Length is > 0 and <= 5 ? name : In(unixNanos, zone).ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
    }
}
