using System.Globalization;

namespace Plumb.Cli.Leaks.Arguments;

/// <summary>Reads shares of a whole: 80%, 0.8.</summary>
internal static class ShareText
{
    /// <summary>False for anything that is not above 0 and at most 10, the whole being 1.</summary>
    public static bool TryParse(string text, out double share)
    {
        bool isPercent = text.EndsWith('%');
        bool read = double.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        share = isPercent ? number / 100 : number;
        return read && share is > 0 and <= 10;
    }
}
