using System.Globalization;
using System.Text;

namespace Plumb.AspNetCore;

/// <summary>What a symbol request posts: hexadecimal addresses joined by <c>+</c>.</summary>
internal static class AddressList
{
    public const int MaxBytes = 64 * 1024;

    /// <returns>Null when it is too long or holds anything else.</returns>
    public static async Task<ulong[]?> ReadAsync(Stream body, CancellationToken stop)
    {
        byte[] buffer = new byte[MaxBytes + 1];
        int length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false);
        return length > MaxBytes ? null : Parse(Encoding.ASCII.GetString(buffer, 0, length));
    }

    internal static ulong[]? Parse(string text)
    {
        string[] parts = text.Trim().Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var addresses = new ulong[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            ReadOnlySpan<char> digits = parts[i].StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? parts[i].AsSpan(2) : parts[i];
            if (!ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out addresses[i]))
                return null;
        }

        return addresses;
    }
}
