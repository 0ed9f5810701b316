using System.Runtime.CompilerServices;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.Merging;

/// <summary>A hash table from a pair of non-negative integers to one integer.</summary>
internal sealed class PairTable
{
    private ulong[] _keys = new ulong[128];
    private int[] _values = new int[128];
    private int _count;

    /// <summary>The pair's value, to be set when the pair is new.</summary>
    public ref int GetOrAdd(int first, int second, out bool known)
    {
        if (2 * _count >= _keys.Length)
            Grow();

        // 0 marks a free slot, and no key is 0: the first half is taken plus one.
        ulong key = ((ulong)(uint)first + 1) << 32 | (uint)second;
        int slot = Slot(_keys, key);
        known = _keys[slot] == key;
        if (!known)
        {
            _keys[slot] = key;
            _count++;
        }

        return ref _values[slot];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Slot(ulong[] keys, ulong key)
    {
        int mask = keys.Length - 1;
        int slot = (int)Hashing.Hash(key) & mask;
        while (keys[slot] != 0 && keys[slot] != key)
            slot = (slot + 1) & mask;

        return slot;
    }

    private void Grow()
    {
        var keys = new ulong[_keys.Length * 2];
        var values = new int[keys.Length];
        for (int i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] == 0)
                continue;

            int slot = Slot(keys, _keys[i]);
            keys[slot] = _keys[i];
            values[slot] = _values[i];
        }

        _keys = keys;
        _values = values;
    }
}
