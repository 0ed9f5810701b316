using System.Runtime.InteropServices;

namespace Plumb.Profiles.Building;

/// <summary>Gives each distinct list of rows (the labels of a set) a dense id.</summary>
internal sealed class RowListInterner<TRow>(string what)
    where TRow : unmanaged, IEquatable<TRow>
{
    private readonly Dictionary<TRow, int> _rowIds = [];
    private readonly List<TRow> _rows = [];
    // Lists are compared by row ids and not by bytes: the padding inside a row is not part of its value.
    private readonly SequenceInterner<int> _lists = new(what);

    public int Count => _lists.Count;

    public int Intern(ReadOnlySpan<TRow> list)
    {
        const int OnStack = 64;
        Span<int> ids = list.Length <= OnStack ? stackalloc int[OnStack] : new int[list.Length];
        for (int i = 0; i < list.Length; i++)
            ids[i] = RowId(list[i]);

        return _lists.Intern(ids[..list.Length]);
    }

    /// <summary>The rows of all lists, one list after the other, and where each starts.</summary>
    public (TRow[] Rows, int[] Starts) Build()
    {
        ReadOnlySpan<int> entries = _lists.Entries;
        var rows = new TRow[entries.Length];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = _rows[entries[i]];

        return (rows, _lists.StartsWithSpareRoom[..(Count + 1)]);
    }

    private int RowId(TRow row)
    {
        ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(_rowIds, row, out bool known);
        if (!known)
        {
            id = _rows.Count;
            _rows.Add(row);
        }

        return id;
    }
}
