using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>runfinq</c> stuck in application code.</summary>
public sealed class FinalizerBlocks : LeakPattern
{
    public override string Id => "finalizer-blocks";

    public override string Title => "A finalizer blocks, and nothing is finalized any more";

    public override string Cause =>
        "All finalizers run in one goroutine. One that waits stops all the others, and what they should free " +
        "stays.";

    public override string Remedy => "Never wait in a finalizer: hand the work to a goroutine, or free explicitly with Close.";

    public override string? Reference => "https://pkg.go.dev/runtime#SetFinalizer";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var finalizer = suspect.Process.FirstOrDefault(s => s.IsGoroutine && s.Root.Is("runtime", "runfinq", "runFinalizers", "runFinalizersAndCleanups") && s.Own is not null);
        if (finalizer is null || suspect.HasGoroutines) return PatternMatch.No;
        // Seen there once it may only have been at work; a finalizer has no business waiting.
        return finalizer.State == WaitState.Unknown
            ? PatternMatch.Unsure("the finalizer goroutine is inside your code")
            : PatternMatch.Yes("the finalizer goroutine waits inside your code");
    }
}
