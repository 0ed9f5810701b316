using System.Numerics;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;

namespace Plumb.Reports.Graphs;

/// <summary>The calls between entries that are shown, each with the sum of the stacks it is on, in the order in which the stacks have them.</summary>
/// <remarks>
/// Nearly every step of every stack comes here, in no order that a cache could guess: a slot is four bytes, and what a step changes of a call
/// lies together.
/// </remarks>
internal sealed class EdgeTable
{
    private const int StacksBetweenChecks = 4096;

    // Open addressing with linear probing; a slot holds row + 1, 0 is free. Always a power of two, at most half full.
    private int[] _slots = new int[256];
    private Call[] _calls = new Call[128];
    private long[]? _divisors;

    private EdgeTable(bool withDivisors) => _divisors = withDivisors ? new long[_calls.Length] : null;

    public int Count { get; private set; }

    public Row this[int index]
    {
        get
        {
            ref readonly Call call = ref _calls[index];
            return new Row((int)(call.Ends >> 32), (int)(uint)call.Ends, call.Weight, _divisors?[index] ?? 0, call.IsResidual, call.IsInline);
        }
    }

    /// <param name="kept">Which entries are shown; null for all. Calls through others become residual edges.</param>
    /// <param name="ends">Which entries' calls are asked for, in and out; null for all.</param>
    /// <param name="ranges">How many parts of the work run side by side; the table does not depend on it.</param>
    public static EdgeTable Of(
        ProfileSelection selection, FrameMap frames, StackWeights weights, bool[]? kept, bool[]? ends, int ranges, CancellationToken cancellationToken = default)
    {
        EdgeTable[] parts = StackRanges.Run(
            selection.Profile.Stacks, ranges, (start, end) => OfRange(selection, frames, weights, kept, ends, start, end, cancellationToken));
        foreach (EdgeTable part in parts.AsSpan(1))
            parts[0].Add(part);

        return parts[0];
    }

    private static EdgeTable OfRange(
        ProfileSelection selection, FrameMap frames, StackWeights weights, bool[]? kept, bool[]? ends, int start, int end, CancellationToken cancellationToken)
    {
        var table = new EdgeTable(weights.Divisors is not null);
        for (int i = start; i < end; i++)
        {
            if (i % StacksBetweenChecks == 0)
                cancellationToken.ThrowIfCancellationRequested();

            if (weights.IsTouched(i))
                table.Add(selection.Stack(new StackId(i)), frames, kept, ends, weights.Values[i], weights.Divisors?[i] ?? 0, i + 1);
        }

        return table;
    }

    private void Add(
        ReadOnlySpan<LocationId> stack, FrameMap frames, bool[]? kept, bool[]? ends, long weight, long divisor, int stamp)
    {
        int parent = -1;
        bool isResidual = false;
        for (int i = stack.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<int> nodes = frames[stack[i]];
            for (int at = nodes.Length - 1; at >= 0; at--)
            {
                int node = nodes[at];
                if (kept is not null && !kept[node])
                {
                    isResidual = true;
                    continue;
                }

                if (parent >= 0 && parent != node && (ends is null || ends[node] || ends[parent]))
                    Add(parent, node, weight, divisor, isResidual, at != nodes.Length - 1, stamp);

                parent = node;
                isResidual = false;
            }
        }
    }

    private void Add(int source, int target, long weight, long divisor, bool isResidual, bool isInline, int stamp)
    {
        int row = Find(((ulong)(uint)source << 32) | (uint)target, out bool known);
        ref Call call = ref _calls[row];
        if (known && call.Stamp == stamp)
            return;

        call.Stamp = stamp;
        call.Weight += weight;
        call.IsResidual |= isResidual;
        call.IsInline &= isInline;
        if (_divisors is not null)
            _divisors[row] += divisor;
    }

    /// <summary>Adds the calls of other stacks.</summary>
    private void Add(EdgeTable more)
    {
        for (int i = 0; i < more.Count; i++)
        {
            ref readonly Call added = ref more._calls[i];
            int row = Find(added.Ends, out _);
            ref Call call = ref _calls[row];
            call.Weight += added.Weight;
            call.IsResidual |= added.IsResidual;
            call.IsInline &= added.IsInline;
            if (_divisors is not null)
                _divisors[row] += more._divisors![i];
        }
    }

    /// <summary>The row of a call, a new one with nothing in it when it is not known.</summary>
    private int Find(ulong ends, out bool known)
    {
        int[] slots = _slots;
        int mask = slots.Length - 1;
        int slot = Slot(ends, slots.Length);
        for (; slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int candidate = slots[slot] - 1;
            if (_calls[candidate].Ends == ends)
            {
                known = true;
                return candidate;
            }
        }

        known = false;
        if (Count == _calls.Length)
        {
            Grow();
            return Find(ends, out known);
        }

        slots[slot] = Count + 1;
        _calls[Count] = new Call { Ends = ends, IsInline = true };
        return Count++;
    }

    private static int Slot(ulong ends, int slots) => (int)((ends * 0x9E37_79B9_7F4A_7C15) >> (64 - BitOperations.Log2((uint)slots)));

    private void Grow()
    {
        Array.Resize(ref _calls, _calls.Length * 2);
        if (_divisors is not null)
            Array.Resize(ref _divisors, _calls.Length);

        _slots = new int[_calls.Length * 2];
        int mask = _slots.Length - 1;
        for (int i = 0; i < Count; i++)
        {
            int slot = Slot(_calls[i].Ends, _slots.Length);
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;

            _slots[slot] = i + 1;
        }
    }

    /// <param name="IsResidual">Some stack has entries between the two that are not shown.</param>
    /// <param name="IsInline">In every stack the target was inlined into its caller.</param>
    internal readonly record struct Row(int Source, int Target, long Weight, long Divisor, bool IsResidual, bool IsInline);

    private struct Call
    {
        public ulong Ends;
        public long Weight;

        // The stack that was counted last, plus one.
        public int Stamp;
        public bool IsResidual;
        public bool IsInline;
    }
}
