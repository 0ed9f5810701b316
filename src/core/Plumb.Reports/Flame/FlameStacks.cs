using Plumb.Reports.Graphs;

namespace Plumb.Reports.Flame;

/// <summary>The stacks that weigh something, and cursors that read each of them frame by frame.</summary>
internal sealed class FlameStacks
{
    private readonly NodeSource _source;
    private readonly int[] _rows;

    public FlameStacks(NodeSource source)
        : this(source, [.. Enumerable.Range(0, source.Weights.Values.Length).Where(source.Weights.IsTouched)])
    {
    }

    private FlameStacks(NodeSource source, int[] rows)
    {
        _source = source;
        _rows = rows;
    }

    public int Count => _rows.Length;

    public int this[int index] => _rows[index];

    /// <summary>Those on which the entry is.</summary>
    public FlameStacks Through(int entry)
    {
        StackCursors cursors = FromRoot();
        return new FlameStacks(_source, [.. _rows.Where(row => cursors.Find(row, entry))]);
    }

    /// <summary>Reads all stacks from their roots to their leaves.</summary>
    public StackCursors FromRoot()
    {
        var cursors = new StackCursors(_source, towardsLeaf: true);
        foreach (int row in _rows)
            cursors.Start(row);

        return cursors;
    }

    /// <summary>Reads what the outermost call of the entry called.</summary>
    public StackCursors After(int entry)
    {
        StackCursors cursors = FromRoot();
        foreach (int row in _rows)
            cursors.Find(row, entry);

        return cursors;
    }

    /// <summary>Reads what called the outermost call of the entry, up to the root.</summary>
    public StackCursors Before(int entry)
    {
        StackCursors found = After(entry);
        var cursors = new StackCursors(_source, towardsLeaf: false);
        foreach (int row in _rows)
            cursors.StartBefore(row, found);

        return cursors;
    }
}
