namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>propagateCancel.func1</c>.</summary>
public sealed class ContextParentCustom : LeakPattern
{
    public override string Id => "context-child-not-cancelled";

    public override string Title => "A child context of a custom parent is not cancelled";

    public override string Cause =>
        "For a parent of another type the context package starts a goroutine that waits for parent or child to " +
        "end. If the child is never cancelled, it stays.";

    public override string Remedy => "defer cancel() right after context.WithCancel, WithTimeout or WithDeadline.";

    public override string? Reference => "https://pkg.go.dev/context#WithCancel";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("context", "propagateCancel*", "(*cancelCtx).propagateCancel*") is not null
            ? PatternMatch.Yes("more and more goroutines that watch a parent context")
            : PatternMatch.No;
    }
}
