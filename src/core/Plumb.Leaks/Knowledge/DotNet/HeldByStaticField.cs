namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>A collection grows, nothing more special.</summary>
public sealed class HeldByStaticField : LeakPattern
{
    public override string Id => "dotnet-static-collection";

    public override string Title => "A collection grows without bound";

    public override string Cause =>
        "Entries are added and never removed; the collection is static or held by something that lives as long as the " +
        "process.";

    public override string Remedy => "Bound it: MemoryCache with SizeLimit, an LRU, or removal when an entry is done with.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/core/diagnostics/debug-memory-leak";

    public override int Specificity => 1;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Collections.Generic.List", "System.Collections.Generic.Dictionary*", "System.Collections.Concurrent.ConcurrentDictionary*", "System.Collections.Generic.HashSet*", "System.Collections.Concurrent.ConcurrentBag*")
            ? PatternMatch.Unsure("the storage of a collection rises")
            : PatternMatch.No;
    }
}
