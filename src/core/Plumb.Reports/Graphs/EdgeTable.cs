using System.Numerics;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;

namespace Plumb.Reports.Graphs;

/// <summary>The calls between entries that are shown, each with the sum of the stacks it is on. Open addressing over plain arrays.</summary>
internal sealed class EdgeTable
{
    private ulong[] _keys = new ulong[256];
    private int[] _rows = new int[256];
    private readonly List<Row> _edges = [];
    private readonly List<int> _stamps = [];

    public int Count => _edges.Count;

    public Row this[int index] => _edges[index];

    /// <param name="kept">Which entries are shown; null for all. Calls through others become residual edges.</param>
    /// <param name="targets">Which entries' callers are asked for; null for all.</param>
    public static EdgeTable Of(ProfileSelection selection, FrameMap frames, StackWeights weights, bool[]? kept, bool[]? targets)
    {
        var table = new EdgeTable();
        for (int i = 0; i < selection.Profile.Stacks.Count; i++)
        {
            if (weights.IsTouched(i))
                table.Add(selection.Stack(new StackId(i)), frames, kept, targets, weights.Values[i], weights.Divisors?[i] ?? 0, i + 1);
        }

        return table;
    }

    private void Add(
        ReadOnlySpan<LocationId> stack, FrameMap frames, bool[]? kept, bool[]? targets, long weight, long divisor, int stamp)
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

                if (parent >= 0 && parent != node && (targets is null || targets[node]))
                    Add(parent, node, weight, divisor, isResidual, at != nodes.Length - 1, stamp);

                parent = node;
                isResidual = false;
            }
        }
    }

    private void Add(int source, int target, long weight, long divisor, bool isResidual, bool isInline, int stamp)
    {
        // No key is 0: the source is taken plus one.
        ulong key = ((ulong)(uint)(source + 1) << 32) | (uint)target;
        int slot = Slot(_keys, key);
        if (_keys[slot] == 0)
        {
            _keys[slot] = key;
            _rows[slot] = _edges.Count;
            _edges.Add(new Row(source, target, weight, divisor, isResidual, isInline));
            _stamps.Add(stamp);
            if (2 * _edges.Count > _keys.Length)
                Grow();

            return;
        }

        int row = _rows[slot];
        if (_stamps[row] == stamp)
            return;

        _stamps[row] = stamp;
        Row edge = _edges[row];
        _edges[row] = edge with
        {
            Weight = edge.Weight + weight,
            Divisor = edge.Divisor + divisor,
            IsResidual = edge.IsResidual || isResidual,
            IsInline = edge.IsInline && isInline,
        };
    }

    private static int Slot(ulong[] keys, ulong key)
    {
        int mask = keys.Length - 1;
        int slot = (int)((key * 0x9E37_79B9_7F4A_7C15) >> (64 - BitOperations.Log2((uint)keys.Length)));
        while (keys[slot] != 0 && keys[slot] != key)
            slot = (slot + 1) & mask;

        return slot;
    }

    private void Grow()
    {
        var keys = new ulong[_keys.Length * 2];
        var rows = new int[keys.Length];
        for (int i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] == 0)
                continue;

            int slot = Slot(keys, _keys[i]);
            keys[slot] = _keys[i];
            rows[slot] = _rows[i];
        }

        _keys = keys;
        _rows = rows;
    }

    /// <param name="IsResidual">Some stack has entries between the two that are not shown.</param>
    /// <param name="IsInline">In every stack the target was inlined into its caller.</param>
    internal readonly record struct Row(int Source, int Target, long Weight, long Divisor, bool IsResidual, bool IsInline);
}
