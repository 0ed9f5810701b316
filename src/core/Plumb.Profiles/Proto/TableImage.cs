using Plumb.Profiles.Building;

namespace Plumb.Profiles.Proto;

/// <summary>The tables of a profile as they were on the wire, entry after entry, and what they were decoded to.</summary>
internal sealed class TableImage
{
    // Larger tables are decoded each time, instead of being held twice.
    private const int MaxBytes = 64 << 20;
    private const int MaxHeadBytes = 6;

    private Column<byte> _bytes = new(4 << 10);

    public int Length => _bytes.Count;

    /// <summary>What the entries were decoded to, once the image is whole.</summary>
    public WireTables Tables
    {
        get => field ?? throw new InvalidOperationException("the image is not whole");
        private set;
    }

    /// <summary>There will be no more entries.</summary>
    public void Complete(WireTables tables)
    {
        Tables = tables;
        _bytes.Trim();
    }

    /// <summary>Adds an entry; false when the image would become too large.</summary>
    /// <param name="field">Below 16, so that its tag is one byte.</param>
    public bool TryAdd(int field, ReadOnlySpan<byte> content)
    {
        if (content.Length + MaxHeadBytes > MaxBytes - Length)
            return false;

        _bytes.Add(Tag(field));
        uint length = (uint)content.Length;
        for (; length >= 0x80; length >>= 7)
            _bytes.Add((byte)(length | 0x80));

        _bytes.Add((byte)length);
        _bytes.Add(content);
        return true;
    }

    /// <summary>Whether an entry is the one that stands at a position.</summary>
    /// <param name="next">Where the entry after it stands.</param>
    public bool Matches(int position, int field, ReadOnlySpan<byte> content, out int next)
    {
        next = position;
        return position < Length && Read(ref next, out int expected).SequenceEqual(content) && expected == field;
    }

    /// <summary>The entry at a position, which moves to the one after it.</summary>
    public ReadOnlySpan<byte> Read(ref int position, out int field)
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        field = bytes[position++] >> 3;
        int length = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = bytes[position++];
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
                break;
        }

        position += length;
        return bytes.Slice(position - length, length);
    }

    public bool Equals(TableImage other) => _bytes.Span.SequenceEqual(other._bytes.Span);

    private static byte Tag(int field) => (byte)(field << 3 | (int)WireType.Bytes);
}
