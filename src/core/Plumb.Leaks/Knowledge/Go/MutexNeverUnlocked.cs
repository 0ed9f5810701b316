using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary>Goroutines queue behind a lock.</summary>
public sealed class MutexNeverUnlocked : LeakPattern
{
    public override string Id => "mutex-never-unlocked";

    public override string Title => "A mutex is never unlocked";

    public override string Cause =>
        "Some path returns without unlocking, two goroutines take two locks in different order, or a goroutine " +
        "locks what it already holds (RLock again under a waiting writer too).";

    public override string Remedy =>
        "defer mu.Unlock() right after Lock; take several locks in one fixed order; never lock again what is held.";

    public override string? Reference => "https://pkg.go.dev/sync#Mutex";

    public override int Specificity => 1;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutines.Any(s => s.State is WaitState.Mutex && true)
            ? PatternMatch.Yes("more and more goroutines wait for a lock")
            : PatternMatch.No;
    }
}
