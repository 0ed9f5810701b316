namespace Plumb.Leaks.Stacks;

/// <summary>Every stack of a series with its numbers in each snapshot.</summary>
internal sealed class StackTables
{
    public required StackCatalog Catalog { get; init; }

    public required IReadOnlyList<GoroutineRow> Goroutines { get; init; }

    public required IReadOnlyList<HeapRow> Heap { get; init; }

    public bool HasDump { get; init; }

    public bool HasGoroutines => Goroutines.Count > 0;

    public bool HasHeap => Heap.Count > 0;

    public IReadOnlyList<string> Notes { get; init; } = [];
}
