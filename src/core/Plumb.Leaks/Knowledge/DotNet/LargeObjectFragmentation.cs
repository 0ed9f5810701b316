namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>Free</c> objects rise.</summary>
public sealed class LargeObjectFragmentation : LeakPattern
{
    public override string Id => "dotnet-large-object-fragmentation";

    public override string Title => "The large object heap is fragmented";

    public override string Cause =>
        "Pinned or long-lived large arrays leave holes that later ones do not fit into: memory is held, but not used.";

    public override string Remedy =>
        "ArrayPool for large buffers, the pinned object heap for pinned ones; " +
        "GCSettings.LargeObjectHeapCompactionMode once.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/standard/garbage-collection/large-object-heap";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("Free")
            ? PatternMatch.Yes("free space between objects rises")
            : PatternMatch.No;
    }
}
