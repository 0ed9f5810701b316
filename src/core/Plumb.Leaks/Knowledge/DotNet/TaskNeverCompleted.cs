namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Async methods wait for a completion source.</summary>
public sealed class TaskNeverCompleted : LeakPattern
{
    public override string Id => "dotnet-task-never-completed";

    public override string Title => "A task is never completed";

    public override string Cause =>
        "Async methods await a TaskCompletionSource that nobody completes: a lost answer, or an exception before " +
        "SetResult.";

    public override string Remedy => "Complete it on every path (TrySetException too), and await it with a timeout.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.threading.tasks.taskcompletionsource-1";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var waiting = suspect.TypeGrows("System.Runtime.CompilerServices.AsyncTaskMethodBuilder*") || suspect.HasPendingAsync;
        if (!suspect.TypeGrows("System.Threading.Tasks.TaskCompletionSource") && !suspect.Awaits("System.Threading.Tasks.TaskCompletionSource*")) return PatternMatch.No;
        return waiting ? PatternMatch.Yes("async methods wait for completion sources that rise with them") : PatternMatch.Unsure("completion sources rise");
    }
}
