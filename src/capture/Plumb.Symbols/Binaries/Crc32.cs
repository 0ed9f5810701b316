namespace Plumb.Symbols.Binaries;

/// <summary>The checksum that a binary has of the file with its symbols: CRC-32 as in IEEE 802.3, the lowest bit first.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xedb8_8320;
    private const int ChunkBytes = 1 << 16;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => OfByte((uint)value))];

    public static uint Of(Stream stream)
    {
        var chunk = new byte[ChunkBytes];
        uint sum = uint.MaxValue;
        for (int read = stream.Read(chunk); read > 0; read = stream.Read(chunk))
        {
            foreach (byte value in chunk.AsSpan(0, read))
                sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
        }

        return ~sum;
    }

    private static uint OfByte(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;

        return value;
    }
}
