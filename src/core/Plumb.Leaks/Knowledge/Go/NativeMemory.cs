namespace Plumb.Leaks.Knowledge.Go;

/// <summary>RSS rises, heap does not.</summary>
public sealed class NativeMemory : LeakPattern
{
    public override string Id => "native-memory";

    public override string Title => "Memory grows outside the Go heap";

    public override string Cause =>
        "Resident memory rises while the live heap and the goroutine stacks do not: memory of C libraries, mmap, " +
        "or fragmentation.";

    public override string Remedy =>
        "Look at it with a native profiler (jemalloc or heaptrack for C allocations, pmap for mappings); check " +
        "that what C returned is freed.";

    public override string? Reference => "https://pkg.go.dev/runtime/metrics";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Growing.Count == 0 && suspect.GrowingFigures is ["rss_bytes"]
            ? PatternMatch.Unsure("only resident memory grows, neither live heap nor goroutines")
            : PatternMatch.No;
    }
}
