using System.Runtime.CompilerServices;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.Merging;

/// <summary>
/// Gives each distinct pair of non-negative integers a dense id, in the order of first appearance. The first numbers are expected to be dense, as
/// stacks are, and the second ones to be few and small, as label sets are.
/// </summary>
internal sealed class PairTable
{
    // Most samples have no label, and those of a comparison's base one: for the first few label sets an array by stack answers, which is read in
    // the order in which it lies in memory. Not for more of them, since each array is as long as there are stacks.
    private const int DirectSeconds = 4;

    // An entry holds id + 1, 0 is free.
    private readonly int[][] _direct = [[], [], [], []];

    private Column<ulong> _pairs = new(64);
    private Column<int> _ids = new(64);

    // Open addressing with linear probing; a slot holds a row of the two columns + 1, 0 is free. Always a power of two, at most half full.
    private int[] _slots = new int[128];

    public int Count { get; private set; }

    /// <param name="known">Whether the pair was there before.</param>
    public int Intern(int first, int second, out bool known)
    {
        if (second >= DirectSeconds)
            return InternHashed(((ulong)(uint)first << 32) | (uint)second, out known);

        ref int[] ids = ref _direct[second];
        if (first >= ids.Length)
            Array.Resize(ref ids, (int)Math.Min(Math.Max(64, Math.Max(first + 1L, 2L * ids.Length)), Array.MaxLength));

        ref int id = ref ids[first];
        known = id != 0;
        if (!known)
            id = ++Count;

        return id - 1;
    }

    /// <summary>Makes room for first numbers below a bound, in pairs with 0.</summary>
    public void Reserve(int firsts)
    {
        if (firsts > _direct[0].Length)
            Array.Resize(ref _direct[0], firsts);
    }

    private int InternHashed(ulong pair, out bool known)
    {
        int slot = Slot(pair);
        known = _slots[slot] != 0;
        if (known)
            return _ids[_slots[slot] - 1];

        _pairs.Add(pair);
        _ids.Add(Count);
        _slots[slot] = _pairs.Count;
        if (2 * _pairs.Count > _slots.Length)
            Rehash(_slots.Length * 2);

        return Count++;
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
        for (int row = 0; row < pairs.Length; row++)
        {
            int slot = (int)Hashing.Hash(pairs[row]) & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;

            _slots[slot] = row + 1;
        }
    }
}
