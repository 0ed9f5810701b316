using System.Buffers.Binary;

namespace Plumb.Profiles.LegacyText;

/// <summary>Width and byte order of a machine's words.</summary>
internal readonly record struct WordLayout(int Bytes, bool IsBigEndian)
{
    /// <summary>In the order in which they are tried.</summary>
    public static ReadOnlySpan<WordLayout> All => (WordLayout[])[new(4, false), new(4, true), new(8, false), new(8, true)];

    public ulong Read(ReadOnlySpan<byte> word) => (Bytes, IsBigEndian) switch
    {
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(word),
        (4, true) => BinaryPrimitives.ReadUInt32BigEndian(word),
        (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(word),
        _ => BinaryPrimitives.ReadUInt64BigEndian(word),
    };
}
