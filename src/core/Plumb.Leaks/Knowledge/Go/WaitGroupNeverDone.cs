using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>Wait</c> without the last <c>Done</c>.</summary>
public sealed class WaitGroupNeverDone : LeakPattern
{
    public override string Id => "waitgroup-never-done";

    public override string Title => "A WaitGroup is never done";

    public override string Cause => "Add counted more than Done: a goroutine returned, panicked or hung without calling Done.";

    public override string Remedy => "Call defer wg.Done() first thing in the goroutine, and wg.Add before the go statement.";

    public override string? Reference => "https://pkg.go.dev/sync#WaitGroup";

    public override int Specificity => 1;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutines.Any(s => s.State is WaitState.WaitGroup && true)
            ? PatternMatch.Yes("more and more goroutines wait in WaitGroup.Wait")
            : PatternMatch.No;
    }
}
