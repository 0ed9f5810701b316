using System.Runtime.InteropServices;

namespace Plumb.Profiles;

/// <summary>
/// The distinct call stacks of a profile: one array of location ids for all of them. Samples that differ only in labels or time
/// share a stack, so work that depends on the stack alone is done once for each row here.
/// </summary>
public sealed class StackTable
{
    private readonly int[] _entries;
    private readonly int[] _starts;

    /// <param name="entries">May be longer than what the last start says; the rest is spare room.</param>
    /// <param name="starts">At least <paramref name="count"/> + 1 entries.</param>
    internal StackTable(int[] entries, int[] starts, int count)
    {
        _entries = entries;
        _starts = starts;
        Count = count;
    }

    public int Count { get; }

    /// <summary>The locations of a stack, leaf first: the last one is the thread's entry.</summary>
    public ReadOnlySpan<LocationId> this[StackId id]
    {
        get
        {
            int start = _starts[id.Index];
            return MemoryMarshal.Cast<int, LocationId>(_entries.AsSpan(start, _starts[id.Index + 1] - start));
        }
    }

    /// <summary>The locations of all stacks, one stack after the other.</summary>
    public ReadOnlySpan<LocationId> Entries => MemoryMarshal.Cast<int, LocationId>(_entries.AsSpan(0, _starts[Count]));

    /// <summary>Where each stack starts in <see cref="Entries"/>; one entry more than there are stacks.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count + 1);
}
