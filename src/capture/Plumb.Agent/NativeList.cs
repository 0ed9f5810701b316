namespace Plumb.Agent;

/// <summary>Rows that are only ever added, up to a bound.</summary>
internal unsafe struct NativeList<T>(int capacity)
    where T : unmanaged
{
    private NativeArray<T> _rows = new(capacity);

    public int Count { get; private set; }

    public readonly T* Rows => _rows.Rows;

    public readonly ref T this[int index] => ref _rows[index];

    public readonly bool HasRoom(int rows) => rows <= _rows.Capacity - Count;

    /// <returns>The row's index, or −1 when there is no room.</returns>
    public int Add(T row)
    {
        if (!HasRoom(1))
            return -1;
        _rows[Count] = row;
        return Count++;
    }

    /// <summary>Takes the last row's content into the removed one's place.</summary>
    public void RemoveBySwap(int index) => _rows[index] = _rows[--Count];

    public void Clear() => Count = 0;

    public void Free()
    {
        _rows.Free();
        Count = 0;
    }
}
