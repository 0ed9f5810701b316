namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>The finalizer thread is inside a finalizer that waits.</summary>
public sealed class FinalizerThreadBlocked : LeakPattern
{
    public override string Id => "dotnet-finalizer-thread-blocked";

    public override string Title => "A finalizer blocks the finalizer thread";

    public override string Cause =>
        "One thread runs all finalizers. One that waits (for a lock, for the network) stops the others, and nothing " +
        "finalizable is freed any more.";

    public override string Remedy => "Dispose with SuppressFinalize; never wait in a finalizer.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.object.finalize";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var blocked = suspect.Process.FirstOrDefault(s => s.IsGoroutine && s.Frames.Any(f => f.Function.EndsWith(".Finalize", StringComparison.Ordinal) && f.IsApplication));
        return blocked is not null && suspect.Heap.Any()
            ? PatternMatch.Yes("the finalizer thread is inside a finalizer of yours") with { Anchor = blocked.Frames.First(f => f.IsApplication), AnchorStack = blocked.Frames }
            : PatternMatch.No;
    }
}
