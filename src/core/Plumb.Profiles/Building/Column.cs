namespace Plumb.Profiles.Building;

/// <summary>
/// A growing array that is handed over as it is: the tables accept spare room at the end, so that the largest columns are never
/// copied once more to be trimmed. Fresh pages beyond the end cost no memory until they are written.
/// </summary>
internal struct Column<T>(int capacity)
    where T : unmanaged
{
    private T[] _items = new T[capacity];

    public int Count { get; private set; }

    public readonly Span<T> Span => _items.AsSpan(0, Count);

    /// <summary>The array behind the column, spare room included.</summary>
    public readonly T[] Items => _items;

    public readonly ref T this[int index] => ref _items[index];

    public void Add(T item)
    {
        if (Count == _items.Length)
            Grow(1);

        _items[Count++] = item;
    }

    public void Add(ReadOnlySpan<T> items)
    {
        if (items.Length > _items.Length - Count)
            Grow(items.Length);

        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    public void Clear() => Count = 0;

    public void RemoveLast() => Count--;

    /// <summary>Makes room for a number of items in all, if it is not there.</summary>
    public void Reserve(int capacity)
    {
        if (capacity > _items.Length)
            Resize(capacity);
    }

    /// <summary>Gives spare room back.</summary>
    public void Trim() => _items = ToArray();

    /// <summary>Room for items at the end, to be written and then counted with <see cref="Commit"/>.</summary>
    public Span<T> Spare(int count)
    {
        if (count > _items.Length - Count)
            Grow(count);

        return _items.AsSpan(Count);
    }

    /// <summary>Counts items that were written to <see cref="Spare"/>.</summary>
    public void Commit(int count) => Count += count;

    public readonly T[] ToArray() => Count == _items.Length ? _items : Span.ToArray();

    private void Grow(int more)
    {
        long needed = (long)Count + more;
        if (needed > Array.MaxLength)
            throw new ProfileFormatException($"a column of more than {Array.MaxLength} entries is too large to hold");

        Resize((int)Math.Min(Math.Max(needed, Math.Max(16, 2L * _items.Length)), Array.MaxLength));
    }

    private void Resize(int capacity)
    {
        T[] larger = GC.AllocateUninitializedArray<T>(capacity);
        Span.CopyTo(larger);
        _items = larger;
    }
}
