namespace Plumb.Profiles.Proto;

/// <summary>
/// From the ids of one table on the wire, arbitrary 64-bit numbers, to rows here. Nearly every writer counts 1, 2, 3, …, and then
/// no map is kept at all.
/// </summary>
internal sealed class WireIds(string what)
{
    private int _distinctRows;
    private Dictionary<ulong, int>? _rows;

    public int Count { get; private set; }

    /// <summary>Wire id n is row n - 1 for all n.</summary>
    public bool IsIdentity => _rows is null;

    /// <summary>Two wire ids lead to one row: the writer listed the same thing twice.</summary>
    public bool HasDuplicates => _distinctRows < Count;

    /// <param name="row">The row this id leads to; new rows come in order, without gaps.</param>
    /// <param name="offset">Where the entry stands in the input.</param>
    public void Add(ulong wireId, int row, long offset)
    {
        if (wireId == 0)
            throw new ProfileFormatException($"a {what} has the id 0, which is reserved", offset);

        if (_rows is null && (wireId != (ulong)Count + 1 || row != Count))
            _rows = Enumerable.Range(0, Count).ToDictionary(i => (ulong)i + 1, i => i);

        if (_rows?.TryAdd(wireId, row) == false)
            throw new ProfileFormatException($"two {what}s have the id {wireId}", offset);

        Count++;
        _distinctRows = Math.Max(_distinctRows, row + 1);
    }

    public bool TryGetRow(ulong wireId, out int row)
    {
        if (_rows is not null)
            return _rows.TryGetValue(wireId, out row);

        bool known = wireId - 1 < (ulong)Count;
        row = known ? (int)(wireId - 1) : -1;
        return known;
    }
}
