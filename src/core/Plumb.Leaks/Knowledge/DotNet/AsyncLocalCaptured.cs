namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>AsyncLocalValueMap</c> objects rise.</summary>
public sealed class AsyncLocalCaptured : LeakPattern
{
    public override string Id => "dotnet-asynclocal-captured";

    public override string Title => "Captured execution contexts pile up";

    public override string Cause =>
        "Timers, registrations and tasks capture the execution context with all values of AsyncLocal in it, for as " +
        "long as they live.";

    public override string Remedy => "Start long-lived work under ExecutionContext.SuppressFlow, and keep AsyncLocal values small.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.threading.executioncontext.suppressflow";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Threading.AsyncLocalValueMap*", "System.Threading.ExecutionContext")
            ? PatternMatch.Yes("captured execution contexts rise")
            : PatternMatch.No;
    }
}
