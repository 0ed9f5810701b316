namespace Plumb.Profiles;

/// <summary>The mappings of a profile. By convention row 0 is the main binary.</summary>
public sealed class MappingTable
{
    private readonly Mapping[] _rows;

    internal MappingTable(Mapping[] rows) => _rows = rows;

    public int Count => _rows.Length;

    public ReadOnlySpan<Mapping> Rows => _rows;

    public Mapping this[MappingId id] => _rows[id.Index];
}
