namespace Plumb.Leaks.Knowledge.Go;

/// <summary>Heap whose leaf is the application, alone.</summary>
public sealed class UnboundedMap : LeakPattern
{
    public override string Id => "unbounded-map";

    public override string Title => "A map, slice or cache grows without bound";

    public override string Cause =>
        "Your code adds entries and never removes them. A Go map does not shrink when entries are deleted, either.";

    public override string Remedy =>
        "Bound it (an LRU with a size, entries with an age), delete what is done with, and rebuild a map that was " +
        "once very large.";

    public override string? Reference => "https://github.com/golang/go/issues/20135";

    public override int Specificity => 1;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.HasGoroutines || suspect.GrowingFigures.Any(f => f.StartsWith("fds", StringComparison.Ordinal))) return PatternMatch.No;
        var own = suspect.ShareOfHeap(s => s.Leaf.IsApplication && !s.Has("sync", "(*Pool).Get"));
        if (own >= 0.5) return PatternMatch.Yes("live heap that your own code allocates grows, and no goroutine holds it");
        return suspect.Heap.Any(s => s.Own is not null) ? PatternMatch.Unsure("live heap allocated on behalf of your code grows, and no goroutine holds it") : PatternMatch.No;
    }
}
