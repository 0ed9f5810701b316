namespace Plumb.Agent;

/// <summary>From a 64-bit key to a row number, by open addressing; nothing is ever removed. Half of it stays empty.</summary>
/// <param name="rows">A power of two.</param>
internal struct HashIndex(int rows)
{
    private readonly int _mask = (rows * 2) - 1;
    private NativeArray<Entry> _entries = new(rows * 2);

    private struct Entry
    {
        public ulong Key;

        /// <summary>Row number plus one; 0 is empty.</summary>
        public int RowPlusOne;
    }

    /// <returns>The row, or −1.</returns>
    public readonly int Find(ulong key)
    {
        if (_entries.Capacity == 0)
            return -1;
        for (int i = (int)Mix(key) & _mask; ; i = (i + 1) & _mask)
        {
            ref Entry entry = ref _entries[i];
            if (entry.RowPlusOne == 0 || entry.Key == key)
                return entry.RowPlusOne - 1;
        }
    }

    /// <summary>Adds a key that is not there. The caller keeps the number of rows below the bound.</summary>
    public readonly void Add(ulong key, int row)
    {
        if (_entries.Capacity == 0)
            return;
        int i = (int)Mix(key) & _mask;
        while (_entries[i].RowPlusOne != 0)
            i = (i + 1) & _mask;
        _entries[i] = new Entry { Key = key, RowPlusOne = row + 1 };
    }

    public void Free() => _entries.Free();

    /// <summary>Spreads what differs in few bits (the finalizer of SplitMix64).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }

    /// <summary>Folds one more word into a key.</summary>
    public static ulong Fold(ulong key, ulong word) => (Mix(key ^ word) * 0x9E37_79B9_7F4A_7C15) + word;
}
