namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Delegate lists rise together with their targets.</summary>
public sealed class EventNotUnsubscribed : LeakPattern
{
    public override string Id => "dotnet-event-not-unsubscribed";

    public override string Title => "An event is not unsubscribed";

    public override string Cause =>
        "The publisher of an event keeps every subscriber alive through the delegate until it is taken off again.";

    public override string Remedy => "-= in Dispose, or a weak event; do not subscribe short-lived objects to long-lived ones.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/csharp/programming-guide/events/how-to-subscribe-to-and-unsubscribe-from-events";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.EventHandler", "System.Delegate[]", "System.EventHandler[]", "System.Object[]<delegates>")
            ? PatternMatch.Yes("delegates of an event rise")
            : PatternMatch.No;
    }
}
