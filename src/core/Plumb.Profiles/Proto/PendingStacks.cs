using Plumb.Profiles.Building;

namespace Plumb.Profiles.Proto;

/// <summary>
/// Stacks that were read and not yet looked up. Looked up several at a time they wait for memory together, which takes a third of the time that it
/// takes one after the other.
/// </summary>
internal sealed class PendingStacks
{
    // As many as a processor can wait for at once.
    private const int Most = 16;

    private readonly uint[] _hashes = new uint[Most];
    private readonly int[] _ends = new int[Most];
    private Column<int> _entries = new(512);
    private int _count;

    public bool IsFull => _count == Most;

    public void Add(ReadOnlySpan<int> stack)
    {
        _entries.Add(stack);
        _hashes[_count] = SequenceInterner<int>.Hash(stack);
        _ends[_count++] = _entries.Count;
    }

    /// <summary>Looks all of them up, in their order.</summary>
    /// <param name="ids">Receives the row of each.</param>
    public void Intern(SequenceInterner<int> stacks, ref Column<StackId> ids)
    {
        stacks.Touch(_hashes.AsSpan(0, _count));
        int start = 0;
        for (int i = 0; i < _count; i++)
        {
            ids.Add(new StackId(stacks.Intern(_entries.Span[start.._ends[i]], _hashes[i])));
            start = _ends[i];
        }

        _entries.Clear();
        _count = 0;
    }
}
