using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Plumb.Collectors.Processes;

/// <summary>Reads the text of <c>/proc/net/tcp</c> and <c>/proc/net/tcp6</c>.</summary>
public static class TcpTable
{
    private const int Ipv4HexLength = 8;
    private const int Ipv6HexLength = 32;

    /// <summary>Reads one row; false for the heading and for anything that is not a row.</summary>
    /// <remarks>Layout: <c>sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode …</c>, columns parted by spaces.</remarks>
    public static bool TryParseRow(ReadOnlySpan<char> line, out TcpSocket socket)
    {
        socket = default;
        Span<Range> columns = stackalloc Range[11];
        int count = line.SplitAny(columns, " \t", StringSplitOptions.RemoveEmptyEntries);
        if (count < 10
            || !TryParseEndpoint(line[columns[1]], out IPAddress? address, out int port)
            || !int.TryParse(line[columns[3]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int state)
            || !long.TryParse(line[columns[9]], NumberStyles.None, CultureInfo.InvariantCulture, out long inode))
        {
            return false;
        }

        socket = new TcpSocket(address!, port, (TcpState)state, inode);
        return true;
    }

    private static bool TryParseEndpoint(ReadOnlySpan<char> text, out IPAddress? address, out int port)
    {
        address = null;
        port = 0;
        int colon = text.IndexOf(':');
        return colon >= 0
            && int.TryParse(text[(colon + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out port)
            && port is >= 0 and <= ushort.MaxValue
            && TryParseAddress(text[..colon], out address);
    }

    // The kernel prints each 32-bit word of the address in host order: 127.0.0.1 is 0100007F on a little-endian machine.
    private static bool TryParseAddress(ReadOnlySpan<char> hex, out IPAddress? address)
    {
        address = null;
        if (hex.Length is not (Ipv4HexLength or Ipv6HexLength))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[hex.Length / 2];
        for (int word = 0; word < hex.Length; word += Ipv4HexLength)
        {
            ReadOnlySpan<char> digits = hex.Slice(word, Ipv4HexLength);
            if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
            {
                return false;
            }

            Span<byte> target = bytes.Slice(word / 2, 4);
            if (BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(target, value);
            }
            else
            {
                BinaryPrimitives.WriteUInt32BigEndian(target, value);
            }
        }

        var parsed = new IPAddress(bytes);
        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }
}
