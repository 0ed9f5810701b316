using System.Globalization;

namespace Plumb.Collectors.Processes;

/// <summary>
/// Reads the two variables that steer Go's garbage collector out of <c>/proc/PID/environ</c>: entries <c>NAME=value</c>, each ended by a
/// zero byte. Nothing else of an environment is looked at or kept; it is where secrets live.
/// </summary>
public static class GoSettings
{
    private static readonly (string Suffix, long Factor)[] s_units =
        [("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1), ("", 1)];

    /// <summary>GOGC: a percentage, -1 for "off"; null when it is not set.</summary>
    public static int? GcPercent(string environment) => Value(environment, "GOGC=") switch
    {
        null => null,
        "off" => -1,
        { } text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int percent) ? Math.Max(-1, percent) : null,
    };

    /// <summary>GOMEMLIMIT in bytes: <c>512MiB</c>, <c>1073741824</c>; null when it is not set or "off".</summary>
    public static long? MemoryLimitBytes(string environment)
    {
        if (Value(environment, "GOMEMLIMIT=") is not { } text)
        {
            return null;
        }

        (string suffix, long factor) = s_units.First(unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        bool read = long.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long size);
        return read && size <= long.MaxValue / factor ? size * factor : null;
    }

    private static string? Value(string environment, string prefix)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (Range range in environment.AsSpan().Split('\0'))
        {
            ReadOnlySpan<char> entry = environment.AsSpan(range);
            if (entry.StartsWith(prefix, StringComparison.Ordinal))
            {
                return entry[prefix.Length..].ToString();
            }
        }

        return null;
    }
}
