using System.Runtime.InteropServices;

namespace Plumb.Profiles.Building;

/// <summary>Gives each distinct location a dense id.</summary>
internal sealed class LocationInterner
{
    private readonly Dictionary<Key, LocationId> _ids = [];
    private readonly RowListInterner<Line> _lineLists = new("lines of locations");
    private readonly List<Key> _rows = [];

    public LocationId Intern(ulong address, MappingId mapping, ReadOnlySpan<Line> lines, bool isFolded)
    {
        var key = new Key(address, mapping, _lineLists.Intern(lines), isFolded);
        ref LocationId id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, key, out bool known);
        if (!known)
        {
            id = new LocationId(_rows.Count);
            _rows.Add(key);
        }

        return id;
    }

    public LocationTable Build()
    {
        (Line[] lines, int[] starts) = _lineLists.Build();
        int count = _rows.Count;
        var addresses = new ulong[count];
        var mappings = new MappingId[count];
        var folded = new bool[count];
        var lineStarts = new int[count + 1];
        var flattened = new Column<Line>(lines.Length);
        for (int i = 0; i < count; i++)
        {
            Key row = _rows[i];
            addresses[i] = row.Address;
            mappings[i] = row.Mapping;
            folded[i] = row.IsFolded;
            flattened.Add(lines.AsSpan(starts[row.LineList]..starts[row.LineList + 1]));
            lineStarts[i + 1] = flattened.Count;
        }

        return new LocationTable(addresses, mappings, folded, flattened.ToArray(), lineStarts);
    }

    private readonly record struct Key(ulong Address, MappingId Mapping, int LineList, bool IsFolded);
}
