using Plumb.Profiles;
using Plumb.Reports.Graphs;

namespace Plumb.Reports.Flame;

/// <summary>A position on each stack, which moves frame by frame in one direction; a location of inlined calls has several frames.</summary>
internal sealed class StackCursors
{
    /// <summary>The location's first frame in the direction of reading.</summary>
    private const int Enter = int.MaxValue;

    private readonly NodeSource _source;
    private readonly bool _towardsLeaf;
    private readonly int[] _locations;
    private readonly int[] _frames;

    public StackCursors(NodeSource source, bool towardsLeaf)
    {
        _source = source;
        _towardsLeaf = towardsLeaf;
        _locations = new int[source.Weights.Values.Length];
        _frames = new int[_locations.Length];
    }

    /// <summary>Goes to the root.</summary>
    public void Start(int stack)
    {
        _locations[stack] = _source.Selection.Stack(new StackId(stack)).Length - 1;
        _frames[stack] = Enter;
    }

    /// <summary>Goes to the caller of the frame that another cursor has just read on its way to the leaf.</summary>
    public void StartBefore(int stack, StackCursors read)
    {
        _locations[stack] = read._locations[stack];
        _frames[stack] = read._frames[stack] + 2;
    }

    /// <summary>Reads on until the entry has been read; false when it does not come.</summary>
    public bool Find(int stack, int entry)
    {
        for (int next = Next(stack); next >= 0; next = Next(stack))
        {
            if (next == entry)
                return true;
        }

        return false;
    }

    /// <summary>The next entry, or -1 at the end.</summary>
    public int Next(int stack) => _towardsLeaf ? NextCallee(stack) : NextCaller(stack);

    private int NextCallee(int stack)
    {
        ReadOnlySpan<LocationId> locations = _source.Selection.Stack(new StackId(stack));
        int frame = _frames[stack];
        for (int at = _locations[stack]; at >= 0; at--)
        {
            ReadOnlySpan<int> nodes = _source.Frames[locations[at]];
            frame = frame == Enter ? nodes.Length - 1 : frame;
            if (frame >= 0)
                return Read(stack, nodes[frame], at, frame - 1);

            frame = Enter;
        }

        return Read(stack, -1, -1, Enter);
    }

    private int NextCaller(int stack)
    {
        ReadOnlySpan<LocationId> locations = _source.Selection.Stack(new StackId(stack));
        int frame = _frames[stack];
        for (int at = _locations[stack]; at < locations.Length; at++)
        {
            ReadOnlySpan<int> nodes = _source.Frames[locations[at]];
            frame = frame == Enter ? 0 : frame;
            if (frame < nodes.Length)
                return Read(stack, nodes[frame], at, frame + 1);

            frame = Enter;
        }

        return Read(stack, -1, locations.Length, Enter);
    }

    private int Read(int stack, int entry, int location, int frame)
    {
        _locations[stack] = location;
        _frames[stack] = frame;
        return entry;
    }
}
