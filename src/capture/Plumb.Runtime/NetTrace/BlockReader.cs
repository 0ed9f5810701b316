using System.Buffers.Binary;
using Plumb.Profiles;

namespace Plumb.Runtime.NetTrace;

/// <summary>Reads little-endian values of one block or payload; whatever is missing is a <see cref="ProfileFormatException"/>.</summary>
/// <param name="offset">Where the bytes begin in the whole trace.</param>
internal ref struct BlockReader(ReadOnlySpan<byte> bytes, long offset)
{
    private const int MaxVarintBytes = 10;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly long _offset = offset;

    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    public readonly long Offset => _offset + Position;

    public byte Byte() => Take(1, "a byte")[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, "a 16-bit number"));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4, "a 32-bit number"));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8, "a 64-bit number"));

    public ulong UInt64() => (ulong)Int64();

    public double Double() => BitConverter.Int64BitsToDouble(Int64());

    /// <summary>Seven bits a byte, lowest first, the eighth bit set on all but the last.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < MaxVarintBytes; i++)
        {
            byte part = Byte();
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
                return value;
        }

        throw Fault($"a number of at most {MaxVarintBytes} bytes expected, a longer one found");
    }

    /// <summary>A varint that must fit into 32 bits.</summary>
    public int Varint32()
    {
        ulong value = Varint();
        return value <= uint.MaxValue ? (int)(uint)value : throw Fault($"a 32-bit number expected, {value} found");
    }

    public ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count < 0 || count > Remaining)
            throw Fault($"{what} ({count} bytes) expected, {Remaining} bytes found");
        Position += count;
        return _bytes.Slice(Position - count, count);
    }

    /// <summary>UTF-16 up to a zero.</summary>
    public string Text()
    {
        int start = Position;
        while (UInt16() != 0)
        {
        }

        return string.Create((Position - start - 2) / 2, _bytes[start..(Position - 2)], static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
                target[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(source[(2 * i)..]);
        });
    }

    public readonly ProfileFormatException Fault(string message) => new($"nettrace: {message}", Offset);
}
