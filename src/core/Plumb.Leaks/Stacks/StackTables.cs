namespace Plumb.Leaks.Stacks;

/// <summary>Every stack of a series with its numbers in each snapshot.</summary>
internal sealed class StackTables
{
    public required StackCatalog Catalog { get; init; }

    public required IReadOnlyList<GoroutineRow> Goroutines { get; init; }

    public required IReadOnlyList<HeapRow> Heap { get; init; }

    /// <summary>How much of what several stacks gained together stayed, from the ids in the dumps, and whether that was seen.</summary>
    public Func<IReadOnlyList<StackKey>, (double? Share, bool WasSeen)> Survival { get; init; } = _ => (null, false);

    public bool HasDump { get; init; }

    public bool HasGoroutines => Goroutines.Count > 0;

    public bool HasHeap => Heap.Count > 0;

    public IReadOnlyList<string> Notes { get; init; } = [];
}
