namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>SemaphoreSlim.TaskNode</c> objects rise.</summary>
public sealed class SemaphoreNotReleased : LeakPattern
{
    public override string Id => "dotnet-semaphore-not-released";

    public override string Title => "A SemaphoreSlim is not released";

    public override string Cause => "Some path leaves without Release, and everyone who comes after waits.";

    public override string Remedy => "Release in finally; WaitAsync with a timeout and a token.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.threading.semaphoreslim";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Threading.SemaphoreSlim+TaskNode", "TaskNode") || suspect.Awaits("System.Threading.SemaphoreSlim.Wait*")
            ? PatternMatch.Yes("waiters for a semaphore rise")
            : PatternMatch.No;
    }
}
