using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumb.Profiles.Building;

/// <summary>
/// Gives each distinct sequence (the bytes of a text, the locations of a stack, the labels of a set) a dense id in the order of first
/// appearance, and keeps all of them in one array. Sequences are hashed as bytes: the element type must have no padding.
/// </summary>
internal sealed class SequenceInterner<T>
    where T : unmanaged, IEquatable<T>
{
    private readonly int _maxEntries;
    private readonly string _what;

    private Column<T> _entries = new(256);
    private Column<int> _starts = new(64);
    private Column<uint> _hashes = new(64);

    // Open addressing with linear probing; a slot holds id + 1, 0 is free. Always a power of two, at most half full.
    private int[] _slots = new int[128];

    /// <param name="what">What is interned, in the plural, for the error message.</param>
    /// <param name="maxEntries">Upper bound of the entries of all sequences together.</param>
    public SequenceInterner(string what, int maxEntries = int.MaxValue)
    {
        _what = what;
        _maxEntries = Math.Min(maxEntries, Array.MaxLength);
        _starts.Add(0);
    }

    public int Count => _hashes.Count;

    public Span<T> Entries => _entries.Span;

    public T[] EntriesWithSpareRoom => _entries.Items;

    public int[] StartsWithSpareRoom => _starts.Items;

    public ReadOnlySpan<T> this[int id] => _entries.Items.AsSpan(_starts[id], _starts[id + 1] - _starts[id]);

    public int Intern(ReadOnlySpan<T> sequence) => Intern(sequence, Hash(sequence));

    /// <summary>The hash to hand to the overload that takes one.</summary>
    public static uint Hash(ReadOnlySpan<T> sequence) => Hashing.Hash(MemoryMarshal.AsBytes(sequence));

    /// <summary>
    /// Looks at where sequences with these hashes will be looked for. A large table is never in the cache, and each look waits for memory; looks that
    /// do not depend on one another wait together.
    /// </summary>
    /// <returns>Nothing of use; without it the looks could be left out, as they could be if the caller were seen to make nothing of it.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public uint Touch(ReadOnlySpan<uint> hashes)
    {
        int[] slots = _slots;
        uint[] known = _hashes.Items;
        uint touched = 0;
        foreach (uint hash in hashes)
            touched ^= known[Math.Max(slots[hash & (uint)(slots.Length - 1)] - 1, 0)];

        return touched;
    }

    /// <param name="hash">What <see cref="Hash"/> says of the sequence.</param>
    public int Intern(ReadOnlySpan<T> sequence, uint hash)
    {
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int candidate = _slots[slot] - 1;
            if (_hashes[candidate] == hash && this[candidate].SequenceEqual(sequence))
                return candidate;
        }

        return Append(sequence, hash, slot);
    }

    /// <summary>Makes room for what is expected in all, so that the large arrays are not copied while they grow.</summary>
    public void Reserve(long sequences, long entries)
    {
        _entries.Reserve((int)Math.Min(entries, _maxEntries));
        int count = (int)Math.Min(sequences, Array.MaxLength / 4);
        _starts.Reserve(count + 1);
        _hashes.Reserve(count);
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)count * 2);
        if (slots > _slots.Length)
            Rehash(slots);
    }

    private int Append(ReadOnlySpan<T> sequence, uint hash, int slot)
    {
        if ((long)_entries.Count + sequence.Length > _maxEntries)
            throw new ProfileFormatException($"{_what} with more than {_maxEntries} entries together are too large to hold");

        int id = Count;
        _entries.Add(sequence);
        _starts.Add(_entries.Count);
        _hashes.Add(hash);
        _slots[slot] = id + 1;
        if (2 * Count > _slots.Length)
            Rehash(_slots.Length * 2);

        return id;
    }

    private void Rehash(int slots)
    {
        _slots = new int[slots];
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
