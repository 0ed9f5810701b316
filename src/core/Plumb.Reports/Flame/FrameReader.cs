using System.Runtime.CompilerServices;
using Plumb.Profiles;
using Plumb.Reports.Graphs;

namespace Plumb.Reports.Flame;

/// <summary>Reads stacks frame by frame, from their roots to their leaves or the other way.</summary>
internal readonly ref struct FrameReader(NodeSource source, bool towardsLeaf)
{
    private readonly ReadOnlySpan<LocationId> _locations = source.Selection.Profile.Stacks.Entries;
    private readonly ReadOnlySpan<int> _starts = source.Frames.Starts;
    private readonly ReadOnlySpan<int> _nodes = source.Frames.Nodes;
    private readonly bool _isOneToOne = source.Frames.IsOneToOne;
    private readonly bool _towardsLeaf = towardsLeaf;
    private readonly int _step = towardsLeaf ? -1 : 1;

    /// <summary>The next entry, or -1 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(ref FlameStack stack)
    {
        // Almost always a location is one frame, which then is not counted.
        if (!_isOneToOne)
            return NextInlined(ref stack);

        if (stack.At == stack.End)
            return -1;

        int entry = _nodes[_locations[stack.At].Index];
        stack.At += _step;
        return entry;
    }

    private int NextInlined(ref FlameStack stack)
    {
        for (; stack.At != stack.End; stack.At += _step, stack.Frame = 0)
        {
            int location = _locations[stack.At].Index;
            int first = _starts[location], end = _starts[location + 1];
            if (stack.Frame < end - first)
            {
                int read = stack.Frame++;
                return _nodes[_towardsLeaf ? end - 1 - read : first + read];
            }
        }

        return -1;
    }
}
