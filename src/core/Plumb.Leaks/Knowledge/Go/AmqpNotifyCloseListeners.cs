namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>NotifyClose</c> in a loop.</summary>
public sealed class AmqpNotifyCloseListeners : LeakPattern
{
    public override string Id => "amqp-notifyclose-listeners";

    public override string Title => "Close listeners are registered again and again";

    public override string Cause =>
        "NotifyClose appends a listener to the connection or channel, which keeps it until it is closed. " +
        "Registered in a loop or per request, the list grows for ever.";

    public override string Remedy =>
        "Register NotifyClose once for each connection or channel and keep the Go channel that it returns.";

    public override string? Reference => "https://pkg.go.dev/github.com/streadway/amqp#Channel.NotifyClose";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var appended = suspect.Growing.FirstOrDefault(s => IsRegistration(s));
        if (appended is not null) return PatternMatch.Yes("the list of close listeners grows (append in NotifyClose)");
        // The Go channels made for the listeners grow first; the list itself is one object that doubles now and then.
        var functions = suspect.Heap.Where(s => s.Leaf.IsApplication).Select(s => s.Leaf.Function).ToHashSet();
        return suspect.Process.Any(s => IsRegistration(s) && s.Own is { } own && functions.Contains(own.Function))
            ? PatternMatch.Yes("the function that allocates also appends listeners with NotifyClose")
            : PatternMatch.No;
    }

    private static bool IsRegistration(StackFact stack) =>
        stack.Calls("amqp", "(*Channel).Notify*", "(*Connection).Notify*") || stack.Calls("amqp091-go", "(*Channel).Notify*", "(*Connection).Notify*");
}
