using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>Wait</c> without <c>Signal</c>.</summary>
public sealed class CondNeverSignalled : LeakPattern
{
    public override string Id => "cond-never-signalled";

    public override string Title => "A sync.Cond is never signalled";

    public override string Cause =>
        "The change that the goroutine waits for happens without a Signal or Broadcast, or never happens.";

    public override string Remedy =>
        "Signal after every change of the condition, with the lock held; or use a channel, which can be selected " +
        "together with ctx.Done().";

    public override string? Reference => "https://pkg.go.dev/sync#Cond";

    public override int Specificity => 1;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutines.Any(s => s.State is WaitState.Cond && true)
            ? PatternMatch.Yes("more and more goroutines wait in Cond.Wait")
            : PatternMatch.No;
    }
}
