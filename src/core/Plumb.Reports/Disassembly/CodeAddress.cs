using System.Globalization;
using Plumb.Profiles.Filtering;

namespace Plumb.Reports.Disassembly;

/// <summary>A pattern that is a number means an address.</summary>
internal static class CodeAddress
{
    public static ulong? Parse(NamePattern pattern)
    {
        bool isHex = pattern.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isNumber = isHex
            ? ulong.TryParse(pattern.Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address)
            : ulong.TryParse(pattern.Text, NumberStyles.None, CultureInfo.InvariantCulture, out address);
        return isNumber ? address : null;
    }
}
