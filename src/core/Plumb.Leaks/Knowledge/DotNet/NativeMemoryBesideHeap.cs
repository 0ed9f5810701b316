namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>RSS rises, the heap does not, and the collector does not keep the difference.</summary>
public sealed class NativeMemoryBesideHeap : LeakPattern
{
    public override string Id => "dotnet-native-memory";

    public override string Title => "Memory grows outside the managed heap";

    public override string Cause =>
        "Resident memory rises, but neither live objects, nor what the collector keeps from the system, nor the code that is compiled " +
        "explain it: memory of native libraries, NativeMemory and Marshal, or mapped files.";

    public override string Remedy =>
        "Free what Marshal.AllocHGlobal and NativeMemory.Alloc gave, dispose what wraps native handles; look with a native profiler " +
        "(heaptrack) at what is left.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/standard/garbage-collection/unmanaged";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.IsDotNet && suspect.Growing.Count == 0 && suspect.GrowingFigures is ["rss_bytes"]
            ? PatternMatch.Unsure("only resident memory grows, and the runtime does not explain it")
            : PatternMatch.No;
    }
}
