using Plumb.Profiles.Building;

namespace Plumb.Profiles.Proto;

/// <summary>From places in the string table on the wire to rows here; a table may list a text twice.</summary>
internal sealed class WireStrings(ProfileLimits limits)
{
    private readonly StringInterner _interner = new();
    private Column<StringId> _rows = new(64);

    public StringId this[int place]
    {
        get
        {
            // Place 0 is the empty string by definition, in a profile without a string table too.
            if (place == 0)
                return default;

            return (uint)place < (uint)_rows.Count
                ? _rows[place]
                : throw new ProfileFormatException($"refers to string {place}, but the string table has {_rows.Count} entries");
        }
    }

    public static int ReadPlace(ref ProtoReader message, WireType type)
    {
        message.Expect(type, WireType.Varint);
        long offset = message.Offset;
        ulong place = message.ReadVarint();
        return place <= int.MaxValue ? (int)place : throw new ProfileFormatException($"expected a place in the string table, found {place}", offset);
    }

    public void Add(ReadOnlySpan<byte> utf8, long offset)
    {
        if (_rows.Count == 0 && !utf8.IsEmpty)
            throw new ProfileFormatException("expected the string table to begin with the empty string", offset);

        if (_rows.Count == limits.MaxStrings || utf8.Length > limits.MaxStringBytes)
            throw new ProfileFormatException($"more than the {limits.MaxStrings} strings of {limits.MaxStringBytes} bytes that are accepted", offset);

        _rows.Add(_interner.Intern(utf8));
    }

    public string Text(int place) => _interner.Text(this[place]);

    public StringTable Build() => _interner.Build();
}
