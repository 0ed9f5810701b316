namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>WithCancel</c>, <c>WithDeadline</c> rows with flat goroutines.</summary>
public sealed class ContextNotCancelled : LeakPattern
{
    public override string Id => "context-not-cancelled";

    public override string Title => "A context is never cancelled";

    public override string Cause =>
        "A derived context stays registered with its parent, and its timer with the runtime, until it is cancelled " +
        "or expires.";

    public override string Remedy =>
        "defer cancel() right after context.WithCancel, WithTimeout or WithDeadline; go vet (lostcancel) finds " +
        "many of these.";

    public override string? Reference => "https://pkg.go.dev/context#WithCancel";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var derived = suspect.ShareOfHeap(s => s.Called.Any(f => f.Is("context", "WithCancel*", "WithDeadline*", "WithTimeout*", "propagateCancel*", "(*cancelCtx).*", "withCancel*", "newCancelCtx")));
        if (derived <= 0) return PatternMatch.No;
        if (suspect.HasGoroutines) return PatternMatch.Unsure("live contexts grow with the goroutines");
        return derived >= 0.3 ? PatternMatch.Yes("live contexts grow, with their registration in the parent") : PatternMatch.Unsure("some live contexts grow");
    }
}
