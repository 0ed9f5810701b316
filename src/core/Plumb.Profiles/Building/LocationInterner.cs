namespace Plumb.Profiles.Building;

/// <summary>
/// Gives each distinct location a dense id. A profile has tens of thousands of them and a merge meets them once more in each source,
/// so one probe of one table decides, over the columns that become the <see cref="LocationTable"/>.
/// </summary>
internal sealed class LocationInterner
{
    private Column<ulong> _addresses = new(64);
    private Column<MappingId> _mappings = new(64);
    private Column<bool> _folded = new(64);
    private Column<Line> _lines = new(64);
    private Column<int> _lineStarts = new(65);
    private Column<uint> _hashes = new(64);

    // Open addressing with linear probing; a slot holds id + 1, 0 is free. Always a power of two, at most half full.
    private int[] _slots = new int[128];

    public LocationInterner() => _lineStarts.Add(0);

    private int Count => _hashes.Count;

    public LocationId Intern(ulong address, MappingId mapping, ReadOnlySpan<Line> lines, bool isFolded)
    {
        uint hash = Hash(address, mapping, lines);
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int candidate = _slots[slot] - 1;
            if (_hashes[candidate] == hash && Holds(candidate, address, mapping, lines, isFolded))
                return new LocationId(candidate);
        }

        _slots[slot] = Count + 1;
        _addresses.Add(address);
        _mappings.Add(mapping);
        _folded.Add(isFolded);
        _lines.Add(lines);
        _lineStarts.Add(_lines.Count);
        _hashes.Add(hash);
        if (2 * Count > _slots.Length)
            Rehash();

        return new LocationId(Count - 1);
    }

    public LocationTable Build() =>
        new(_addresses.ToArray(), _mappings.ToArray(), _folded.ToArray(), _lines.ToArray(), _lineStarts.ToArray());

    private static uint Hash(ulong address, MappingId mapping, ReadOnlySpan<Line> lines)
    {
        ulong state = Hashing.Mix(Hashing.Mix(Hashing.Seed, address), (uint)mapping.Index);
        foreach (Line line in lines)
            state = Hashing.Mix(state, ((ulong)line.Number << 32) ^ ((ulong)line.Column << 52) ^ (uint)line.Function.Index);

        return Hashing.Finish(state);
    }

    private bool Holds(int row, ulong address, MappingId mapping, ReadOnlySpan<Line> lines, bool isFolded) =>
        _addresses[row] == address && _mappings[row] == mapping && _folded[row] == isFolded
        && _lines.Span[_lineStarts[row].._lineStarts[row + 1]].SequenceEqual(lines);

    private void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        for (int id = 0; id < Count; id++)
        {
            int slot = (int)_hashes[id] & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;

            _slots[slot] = id + 1;
        }
    }
}
