using Plumb.Agent.Contract;

namespace Plumb.Agent.Stacks;

/// <summary>
/// The stacks by the key of their frame chain, or, where that key turned out to stand for several, by their content. A stack that
/// is known by its key is walked again now and then: at its 2nd, 4th, 8th… sample, and at every 256th.
/// </summary>
internal unsafe struct StackTable(int stacks, int stackFrames)
{
    private const int Period = 256;
    private const ulong ContentSeed = 0x5AFE_C0DE;
    private const int Overlap = -2;

    private NativeList<StackRow> _rows = new(stacks);
    private NativeList<int> _frames = new(stackFrames);
    private HashIndex _byChain = new(stacks);
    private HashIndex _byContent = new(stacks);

    /// <summary>By entry of the chain index: its stack, or <see cref="Overlap"/>.</summary>
    private NativeList<Known> _known = new(stacks);

    private struct Known
    {
        public int Stack;
        public uint Seen;

        /// <summary>Where the samples of this chain are filed, plus one; 0 when that is not known.</summary>
        public int SitePlusOne;
    }

    public readonly int Count => _rows.Count;

    public readonly int FrameCount => _frames.Count;

    public readonly StackRow* Rows => _rows.Rows;

    public readonly int* Frames => _frames.Rows;

    /// <param name="site">Where its samples were filed last, or −1: saves two looks into large tables, each of which waits for memory.</param>
    /// <returns>The stack of this chain, or −1 when a walk is needed.</returns>
    public readonly int Find(ulong chain, out int site)
    {
        site = -1;
        int entry = _byChain.Find(chain);
        if (entry < 0)
            return -1;
        ref Known known = ref _known.Rows[entry];
        site = known.SitePlusOne - 1;
        uint seen = ++known.Seen;
        bool lookAgain = (seen & (seen - 1)) == 0 || seen % Period == 0;
        return known.Stack == Overlap || lookAgain ? -1 : known.Stack;
    }

    /// <summary>Remembers where samples of a known chain are filed.</summary>
    public readonly void Remember(ulong chain, int site)
    {
        int entry = _byChain.Find(chain);
        if (entry >= 0)
            _known.Rows[entry].SitePlusOne = site + 1;
    }

    /// <summary>Files a stack that was walked.</summary>
    /// <returns>−1 when there is no room.</returns>
    public int Intern(ulong chain, ReadOnlySpan<int> frames)
    {
        int stack = InternContent(frames);
        int entry = _byChain.Find(chain);
        if (entry < 0)
        {
            entry = _known.Add(new Known { Stack = stack, Seen = 1 });
            if (entry >= 0)
                _byChain.Add(chain, entry);
        }
        else if (_known[entry].Stack != stack)
        {
            _known[entry].Stack = Overlap;
        }

        return stack;
    }

    private int InternContent(ReadOnlySpan<int> frames)
    {
        ulong key = ContentSeed;
        foreach (int frame in frames)
            key = HashIndex.Fold(key, (ulong)frame);
        int known = _byContent.Find(key);
        if (known >= 0)
            return known;
        if (!_frames.HasRoom(frames.Length) || !_rows.HasRoom(1))
            return -1;

        int start = _frames.Count;
        foreach (int frame in frames)
            _frames.Add(frame);
        int added = _rows.Add(new StackRow { Start = start, Length = frames.Length });
        _byContent.Add(key, added);
        return added;
    }

    public void Free()
    {
        _rows.Free();
        _frames.Free();
        _known.Free();
        _byChain.Free();
        _byContent.Free();
    }
}
