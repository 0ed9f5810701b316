namespace Plumb.Profiles;

/// <summary>The locations of a profile, each once, as columns.</summary>
public sealed class LocationTable
{
    private readonly ulong[] _addresses;
    private readonly MappingId[] _mappings;
    private readonly bool[] _folded;
    private readonly Line[] _lines;
    private readonly int[] _lineStarts;

    internal LocationTable(ulong[] addresses, MappingId[] mappings, bool[] folded, Line[] lines, int[] lineStarts)
    {
        _addresses = addresses;
        _mappings = mappings;
        _folded = folded;
        _lines = lines;
        _lineStarts = lineStarts;
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
}
