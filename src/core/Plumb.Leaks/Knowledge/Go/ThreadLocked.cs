using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>locked to thread</c>, and threads rise.</summary>
public sealed class ThreadLocked : LeakPattern
{
    public override string Id => "thread-locked";

    public override string Title => "Threads are held";

    public override string Cause =>
        "A goroutine locked to its thread, or one inside a long C or system call, keeps an operating system " +
        "thread.";

    public override string Remedy =>
        "Call runtime.UnlockOSThread when done; bound how many goroutines enter C or blocking calls at once.";

    public override string? Reference => "https://pkg.go.dev/runtime#LockOSThread";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (!suspect.ThreadsGrow || suspect.Goroutines.Any(CgoBlocked.IsInC)) return PatternMatch.No;
        return suspect.Goroutines.Any(s => s.IsLockedToThread || s.State == WaitState.Syscall)
            ? PatternMatch.Yes("threads rise with goroutines that hold one")
            : PatternMatch.Unsure("threads rise");
    }
}
