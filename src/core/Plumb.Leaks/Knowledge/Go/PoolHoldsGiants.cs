namespace Plumb.Leaks.Knowledge.Go;

/// <summary>Buffers behind <c>(*Pool).Get</c> are large.</summary>
public sealed class PoolHoldsGiants : LeakPattern
{
    public override string Id => "pool-holds-giants";

    public override string Title => "Giant buffers sit in a sync.Pool";

    public override string Cause =>
        "One large request makes a large buffer, Put keeps it, and from then on it is handed out for small ones too. " +
        "The collector empties a pool over two cycles, so this is mostly no leak.";

    public override string Remedy => "Do not Put back what is larger than usual.";

    public override string? Reference => "https://pkg.go.dev/sync#Pool";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Heap.Any(s => s.Has("sync", "(*Pool).Get")) && !suspect.HasGoroutines
            ? PatternMatch.Unsure("live heap that was allocated for a sync.Pool grows")
            : PatternMatch.No;
    }
}
