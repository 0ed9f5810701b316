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
        if (suspect.TypeGrows("System.Collections.Generic.List", "System.Collections.Generic.Dictionary*", "System.Collections.Concurrent.ConcurrentDictionary*", "System.Collections.Generic.HashSet*", "System.Collections.Concurrent.ConcurrentBag*"))
            return PatternMatch.Unsure("the storage of a collection rises");
        return suspect.BlamedCalls("System.Collections.Generic.", "System.Collections.Concurrent.") ? PatternMatch.Unsure("the function to blame puts things into a collection, which grows with them") : PatternMatch.No;
    }
}
