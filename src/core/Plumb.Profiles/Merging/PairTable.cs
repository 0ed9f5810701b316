using System.Numerics;
using System.Runtime.CompilerServices;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.Merging;

/// <summary>Gives each distinct pair of non-negative integers a dense id, in the order of first appearance.</summary>
internal sealed class PairTable
{
    private Column<ulong> _pairs = new(64);

    // Open addressing with linear probing; a slot holds id + 1, 0 is free. Always a power of two, at most half full.
    private int[] _slots = new int[128];

    public int Count => _pairs.Count;

    /// <param name="known">Whether the pair was there before.</param>
    public int Intern(int first, int second, out bool known)
    {
        ulong pair = ((ulong)(uint)first << 32) | (uint)second;
        int slot = Slot(pair);
        known = _slots[slot] != 0;
        if (known)
            return _slots[slot] - 1;

        _pairs.Add(pair);
        _slots[slot] = Count;
        if (2 * Count > _slots.Length)
            Rehash(_slots.Length * 2);

        return Count - 1;
    }

    /// <summary>Makes room for a number of pairs in all.</summary>
    public void Reserve(int pairs)
    {
        _pairs.Reserve(pairs);
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)pairs * 2);
        if (slots > _slots.Length)
            Rehash(slots);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ulong pair)
    {
        int[] slots = _slots;
        ReadOnlySpan<ulong> pairs = _pairs.Span;
        int mask = slots.Length - 1;
        int slot = (int)Hashing.Hash(pair) & mask;
        while (slots[slot] != 0 && pairs[slots[slot] - 1] != pair)
            slot = (slot + 1) & mask;

        return slot;
    }

    private void Rehash(int slots)
    {
        _slots = new int[slots];
        int mask = slots - 1;
        ReadOnlySpan<ulong> pairs = _pairs.Span;
        for (int id = 0; id < pairs.Length; id++)
        {
            int slot = (int)Hashing.Hash(pairs[id]) & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;

            _slots[slot] = id + 1;
        }
    }
}
