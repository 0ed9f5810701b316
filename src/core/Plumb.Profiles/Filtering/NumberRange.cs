using System.Globalization;
using Plumb.Profiles.Units;

namespace Plumb.Profiles.Filtering;

/// <summary>A range of amounts with a unit, such as <c>32kb</c>, <c>:64kb</c>, <c>4mb:</c> or <c>12kb:64mb</c>; both ends are included.</summary>
internal sealed record NumberRange(double From, double To, string Unit)
{
    /// <summary>The range, or null when the text is not one.</summary>
    public static NumberRange? Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return Bound(text, null) is { } only ? new NumberRange(only.Amount, only.Amount, only.Unit) : null;

        string before = text[..colon], after = text[(colon + 1)..];
        if (before.Length == 0)
            return Bound(after, null) is { } most ? new NumberRange(double.NegativeInfinity, most.Amount, most.Unit) : null;

        if (Bound(before, null) is not { } least)
            return null;

        if (after.Length == 0)
            return new NumberRange(least.Amount, double.PositiveInfinity, least.Unit);

        return Bound(after, least.Unit) is { } to && to.Unit == least.Unit ? new NumberRange(least.Amount, to.Amount, least.Unit) : null;
    }

    public bool Contains(long value, string unit)
    {
        (double amount, string scaled) = UnitScale.Convert(value, unit, Unit);
        return scaled == Unit && amount >= From && amount <= To;
    }

    private static (double Amount, string Unit)? Bound(string text, string? unit)
    {
        int digits = text.AsSpan().TrimEnd(Letters).Length;
        if (digits == 0 || !char.IsAsciiDigit(text[digits - 1])
            || !long.TryParse(text.AsSpan(0, digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            return null;
        }

        string given = text[digits..];
        return UnitScale.Convert(value, given, unit ?? given);
    }

    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
}
