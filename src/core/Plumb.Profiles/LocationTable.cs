namespace Plumb.Profiles;

/// <summary>The locations of a profile, each once, as columns.</summary>
public sealed class LocationTable
{
    private readonly ulong[] _addresses;
    private readonly MappingId[] _mappings;
    private readonly bool[] _folded;
    private readonly Line[] _lines;
    private readonly int[] _lineStarts;
    private readonly ulong[]? _writtenIds;

    internal LocationTable(ulong[] addresses, MappingId[] mappings, bool[] folded, Line[] lines, int[] lineStarts, ulong[]? writtenIds = null)
    {
        _addresses = addresses;
        _mappings = mappings;
        _folded = folded;
        _lines = lines;
        _lineStarts = lineStarts;
        _writtenIds = writtenIds;
    }

    public int Count => _addresses.Length;

    public ReadOnlySpan<ulong> Addresses => _addresses;

    public ReadOnlySpan<MappingId> Mappings => _mappings;

    public ReadOnlySpan<bool> Folded => _folded;

    /// <summary>The lines of all locations, one location after the other.</summary>
    public ReadOnlySpan<Line> AllLines => _lines;

    /// <summary>Where the lines of each location start in <see cref="AllLines"/>; one entry more than there are locations.</summary>
    public ReadOnlySpan<int> LineStarts => _lineStarts;

    public Location this[LocationId id] => new(this, id);

    /// <inheritdoc cref="Location.Lines"/>
    public ReadOnlySpan<Line> Lines(LocationId id) => _lines.AsSpan(_lineStarts[id.Index].._lineStarts[id.Index + 1]);

    /// <summary>The id that the writer gave the location, for showing a profile as it was written; its row plus one when nobody gave one.</summary>
    public ulong WrittenId(LocationId id) => _writtenIds is null ? (ulong)id.Index + 1 : _writtenIds[id.Index];

    /// <summary>All locations in one mapping.</summary>
    internal LocationTable InMapping(MappingId mapping) =>
        new(_addresses, [.. Enumerable.Repeat(mapping, Count)], _folded, _lines, _lineStarts, _writtenIds);

    internal LocationTable WithWrittenIds(ulong[] ids) => new(_addresses, _mappings, _folded, _lines, _lineStarts, ids);
}
