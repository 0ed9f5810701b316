namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>PeriodicTimer.State</c> objects rise.</summary>
public sealed class PeriodicTimerNeverStops : LeakPattern
{
    public override string Id => "dotnet-periodic-timer-never-stops";

    public override string Title => "A loop over a PeriodicTimer never ends";

    public override string Cause => "The loop waits for the next tick for ever, and its state machine keeps everything it uses.";

    public override string Remedy => "Pass a CancellationToken to WaitForNextTickAsync, and dispose the timer.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.threading.periodictimer";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Threading.PeriodicTimer+State") || suspect.Awaits("System.Threading.PeriodicTimer.WaitForNextTickAsync")
            ? PatternMatch.Yes("periodic timers rise")
            : PatternMatch.No;
    }
}
