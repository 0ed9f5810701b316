using Plumb.Agent.Contract;

namespace Plumb.Agent.Stacks;

/// <summary>Every instruction that was on a stack. Names are found afterwards, by the agent's thread.</summary>
internal unsafe struct FrameTable(int capacity)
{
    private NativeList<Row> _rows = new(capacity);
    private HashIndex _index = new(capacity);

    private struct Row
    {
        public nint Function;
        public FrameRow Frame;
    }

    public readonly int Count => _rows.Count;

    public readonly ref FrameRow this[int index] => ref _rows.Rows[index].Frame;

    public readonly nint Function(int index) => _rows[index].Function;

    /// <returns>−1 when there is no room.</returns>
    public int Intern(RawFrame frame)
    {
        ulong key = HashIndex.Fold((ulong)frame.Function, (ulong)frame.Address);
        int known = _index.Find(key);
        if (known >= 0)
            return known;

        int added = _rows.Add(new Row
        {
            Function = frame.Function,
            Frame = new FrameRow { Address = frame.Address, Module = -1, IlOffset = -1 },
        });
        if (added >= 0)
            _index.Add(key, added);
        return added;
    }

    public void Free()
    {
        _rows.Free();
        _index.Free();
    }
}
