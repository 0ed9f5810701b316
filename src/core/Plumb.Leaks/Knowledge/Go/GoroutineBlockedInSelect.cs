using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary>A select without a way out.</summary>
public sealed class GoroutineBlockedInSelect : LeakPattern
{
    public override string Id => "goroutine-blocked-in-select";

    public override string Title => "A goroutine waits for ever in a select";

    public override string Cause =>
        "None of the cases of the select ever becomes ready, and none of them ends with the work that the " +
        "goroutine belongs to.";

    public override string Remedy => "Add a case for the end of that work: <-ctx.Done() or a done channel that is closed.";

    public override string? Reference => "https://go.dev/blog/context";

    public override int Specificity => 1;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutines.Any(s => s.State is WaitState.Select or WaitState.SelectForever && s.Leaf.IsApplication)
            ? PatternMatch.Yes("more and more goroutines wait in a select in your code")
            : PatternMatch.No;
    }
}
