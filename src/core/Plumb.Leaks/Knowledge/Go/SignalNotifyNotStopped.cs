namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>signal.Notify</c> rows.</summary>
public sealed class SignalNotifyNotStopped : LeakPattern
{
    public override string Id => "signal-notify-not-stopped";

    public override string Title => "Signal handlers are registered again and again";

    public override string Cause => "signal.Notify keeps its channel until signal.Stop.";

    public override string Remedy => "Register once; signal.Stop(c) what is temporary, or use signal.NotifyContext and its stop.";

    public override string? Reference => "https://pkg.go.dev/os/signal#Stop";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.Goroutine("os/signal", "NotifyContext.func*") is not null)
            return PatternMatch.Yes("more and more goroutines wait for the end of contexts of signal.NotifyContext, whose stop was not called");
        return suspect.Growing.Any(s => s.Calls("os/signal", "Notify", "NotifyContext"))
            ? PatternMatch.Yes("live signal registrations grow")
            : PatternMatch.No;
    }
}
