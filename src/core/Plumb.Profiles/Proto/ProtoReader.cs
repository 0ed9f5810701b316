using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Plumb.Profiles.Proto;

/// <summary>Reads one protobuf message from a span. Every length is checked against the bytes that remain.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message, long offset)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private readonly long _offset = offset;
    private int _position;

    public readonly bool AtEnd => _position >= _message.Length;

    /// <summary>Where the reader stands, in bytes from the start of the decompressed input.</summary>
    public readonly long Offset => _offset + _position;

    public readonly int Remaining => _message.Length - _position;

    /// <summary>Reads a field's number and wire type.</summary>
    public (int Field, WireType Type) ReadTag()
    {
        long at = Offset;
        ulong tag = ReadVarint();
        ulong field = tag >> 3;
        if (field is 0 or > int.MaxValue >> 2)
            throw new ProfileFormatException($"expected a field number, found {field}", at);

        return ((int)field, (WireType)(tag & 7));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        ReadOnlySpan<byte> message = _message;
        int position = _position;
        if ((uint)position < (uint)message.Length && message[position] < 0x80)
        {
            _position = position + 1;
            return message[position];
        }

        return ReadLongVarint();
    }

    public long ReadInt64() => (long)ReadVarint();

    /// <summary>
    /// Reads numbers as long as they have at most four bytes and there is room for them, and returns how many. This is the innermost
    /// loop of the decoder: nearly all location ids of a profile pass through it.
    /// </summary>
    public int ReadShortVarints(Span<int> target)
    {
        ReadOnlySpan<byte> message = _message;
        int position = _position;
        int count = 0;
        while (count < target.Length && position <= message.Length - sizeof(uint))
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(message[position..]);
            if ((word & 0x80) == 0)
            {
                target[count++] = (int)(word & 0x7F);
                position += 1;
            }
            else if ((word & 0x8000) == 0)
            {
                target[count++] = (int)((word & 0x7F) | (word >> 1 & 0x3F80));
                position += 2;
            }
            else if ((word & 0x80_0000) == 0)
            {
                target[count++] = (int)((word & 0x7F) | (word >> 1 & 0x3F80) | (word >> 2 & 0x1F_C000));
                position += 3;
            }
            else if ((word & 0x8000_0000) == 0)
            {
                target[count++] = (int)((word & 0x7F) | (word >> 1 & 0x3F80) | (word >> 2 & 0x1F_C000) | (word >> 3 & 0xFE0_0000));
                position += 4;
            }
            else
            {
                break;
            }
        }

        _position = position;
        return count;
    }

    /// <summary>Reads a length and the bytes it spans.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        long at = Offset;
        ulong length = ReadVarint();
        if (length > (ulong)Remaining)
            throw new ProfileFormatException($"expected {length} bytes, found {Remaining}", at);

        ReadOnlySpan<byte> bytes = _message.Slice(_position, (int)length);
        _position += (int)length;
        return bytes;
    }

    /// <summary>A reader for a message inside this one.</summary>
    public ProtoReader ReadMessage()
    {
        ReadOnlySpan<byte> bytes = ReadBytes();
        return new ProtoReader(bytes, Offset - bytes.Length);
    }

    public void Skip(WireType type)
    {
        switch (type)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                SkipBytes(8);
                break;
            case WireType.Bytes:
                ReadBytes();
                break;
            case WireType.Fixed32:
                SkipBytes(4);
                break;
            default:
                throw new ProfileFormatException($"wire type {(int)type} is not used by profiles", Offset);
        }
    }

    /// <summary>Fails unless the field has the wire type its definition asks for.</summary>
    public readonly void Expect(WireType found, WireType expected)
    {
        if (found != expected)
            throw new ProfileFormatException($"expected a field of wire type {expected}, found {found}", Offset);
    }

    private void SkipBytes(int count)
    {
        if (count > Remaining)
            throw new ProfileFormatException($"expected {count} bytes, found {Remaining}", Offset);

        _position += count;
    }

    private ulong ReadLongVarint()
    {
        ReadOnlySpan<byte> message = _message;
        ulong value = 0;
        int position = _position;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if ((uint)position >= (uint)message.Length)
                throw new ProfileFormatException("the input ends inside a number", _offset + position);

            byte b = message[position++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                _position = position;
                return value;
            }
        }

        throw new ProfileFormatException("a number is longer than 10 bytes", Offset);
    }
}
