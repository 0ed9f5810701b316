using System.Buffers;
using System.Globalization;

namespace Plumb.Cli.Leaks.Arguments;

/// <summary>Reads durations as people and Go write them: 90, 90s, 1m30s, 500ms, 2h.</summary>
internal static class DurationText
{
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Seconds)[] s_units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

    /// <summary>A bare number is seconds. False for anything negative, longer than a year, or not a duration.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (TryParseNumber(text, out double bare))
        {
            return TryMake(bare, out duration);
        }

        double seconds = 0;
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExcept(s_digits);
            // Nothing but digits to the end: the unit is missing.
            if (digits <= 0 || !TryParseNumber(rest[..digits], out double number) || UnitOf(rest[digits..]) is not { } unit)
            {
                return false;
            }

            seconds += number * unit.Seconds;
            rest = rest[(digits + unit.Unit.Length)..];
        }

        return text.Length > 0 && TryMake(seconds, out duration);
    }

    // "ms" stands before "m" in the table, so that it is not read as minutes and an s.
    private static (string Unit, double Seconds)? UnitOf(ReadOnlySpan<char> rest)
    {
        foreach ((string unit, double seconds) in s_units)
        {
            if (rest.StartsWith(unit, StringComparison.Ordinal))
            {
                return (unit, seconds);
            }
        }

        return null;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static bool TryMake(double seconds, out TimeSpan duration)
    {
        bool fits = seconds is >= 0 and <= 366.0 * 86_400;
        duration = fits ? TimeSpan.FromSeconds(seconds) : default;
        return fits;
    }
}
