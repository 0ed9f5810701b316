namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>Task.DelayPromise</c> objects rise.</summary>
public sealed class DelayAbandoned : LeakPattern
{
    public override string Id => "dotnet-delay-abandoned";

    public override string Title => "Delays are abandoned";

    public override string Cause =>
        "Task.WhenAny(work, Task.Delay(timeout)) leaves the delay and its timer behind until the timeout has passed.";

    public override string Remedy => "Cancel the delay when the work is done, or use Task.WaitAsync(timeout).";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.threading.tasks.task.waitasync";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Threading.Tasks.Task+DelayPromise", "System.Threading.Tasks.Task+DelayPromiseWithCancellation", "DelayPromise", "DelayPromiseWithCancellation")
            ? PatternMatch.Yes("delays that nobody awaits any more rise")
            : PatternMatch.No;
    }
}
