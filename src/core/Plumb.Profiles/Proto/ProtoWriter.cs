using Plumb.Profiles.Building;

namespace Plumb.Profiles.Proto;

/// <summary>Writes protobuf fields into a buffer. Zero values are left out, as proto3 does.</summary>
internal sealed class ProtoWriter
{
    private Column<byte> _bytes = new(256);

    public ReadOnlySpan<byte> Written => _bytes.Span;

    public int Length => _bytes.Count;

    public void Clear() => _bytes.Clear();

    public void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));

        _bytes.Add((byte)value);
    }

    public void Tag(int field, WireType type) => Varint((ulong)field << 3 | (uint)type);

    public void Number(int field, ulong value)
    {
        if (value == 0)
            return;

        Tag(field, WireType.Varint);
        Varint(value);
    }

    public void Number(int field, long value) => Number(field, (ulong)value);

    public void Flag(int field, bool value) => Number(field, value ? 1UL : 0);

    /// <summary>A field with a length, empty or not: an entry of a repeated field is there even when it says nothing.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> content)
    {
        Tag(field, WireType.Bytes);
        Varint((ulong)content.Length);
        _bytes.Add(content);
    }

    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Add(bytes);

    public void Message(int field, ProtoWriter content) => Bytes(field, content.Written);
}
