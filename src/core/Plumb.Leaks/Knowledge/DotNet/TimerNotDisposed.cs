namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>TimerQueueTimer</c> objects rise.</summary>
public sealed class TimerNotDisposed : LeakPattern
{
    public override string Id => "dotnet-timer-not-disposed";

    public override string Title => "A timer is not disposed";

    public override string Cause => "The runtime keeps every running timer, and the timer its callback and whatever that refers to.";

    public override string Remedy => "Dispose the timer with its owner; for loops, use one PeriodicTimer with a cancellation token.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.threading.timer";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Threading.Timer", "System.Threading.TimerQueueTimer", "System.Threading.TimerHolder")
            ? PatternMatch.Yes("timers rise")
            : PatternMatch.No;
    }
}
