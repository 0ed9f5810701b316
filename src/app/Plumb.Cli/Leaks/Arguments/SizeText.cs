using System.Globalization;

namespace Plumb.Cli.Leaks.Arguments;

/// <summary>Reads sizes as Kubernetes and people write them: 512Mi, 512MiB, 1.5G, 536870912. Ki, Mi, Gi and Ti are powers of 1024,
/// k, M, G and T of 1000; case does not matter, a final B neither.</summary>
internal static class SizeText
{
    private static readonly (string Unit, double Factor)[] s_units =
    [
        ("ki", 1L << 10), ("mi", 1L << 20), ("gi", 1L << 30), ("ti", 1L << 40),
        ("k", 1e3), ("m", 1e6), ("g", 1e9), ("t", 1e12), ("", 1),
    ];

    public static bool TryParse(string text, out long bytes)
    {
        string bare = text.Trim().ToLowerInvariant();
        bare = bare.EndsWith('b') ? bare[..^1].TrimEnd() : bare;
        (string unit, double factor) = s_units.First(entry => bare.EndsWith(entry.Unit, StringComparison.Ordinal));
        bool read = double.TryParse(bare.AsSpan(0, bare.Length - unit.Length).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        double size = number * factor;
        bytes = read && size is >= 1 and < 1L << 60 ? (long)size : 0;
        return bytes > 0;
    }
}
