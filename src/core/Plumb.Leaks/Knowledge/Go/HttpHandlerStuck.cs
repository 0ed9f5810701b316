using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary>A handler of the application blocked, <c>backgroundRead</c> beside it 1:1.</summary>
public sealed class HttpHandlerStuck : LeakPattern
{
    public override string Id => "http-handler-stuck";

    public override string Title => "HTTP handlers get stuck";

    public override string Cause =>
        "The handler waits for something that does not come, and no deadline ends it; its connection, buffers and the " +
        "goroutine that reads ahead stay with it.";

    public override string Remedy =>
        "Pass r.Context() to whatever the handler waits for, and select on its Done; set timeouts on what it calls.";

    public override string? Reference => "https://pkg.go.dev/net/http#Request.Context";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var handler = suspect.Goroutines.FirstOrDefault(s => s.Own is not null && s.Root.Is("net/http", "(*conn).serve") && s.State is not (WaitState.Unknown or WaitState.Mutex or WaitState.IoWait) && s.Leaf.IsApplication);
        if (handler is null) return PatternMatch.No;
        return suspect.Goroutine("net/http", "(*connReader).backgroundRead") is not null
            ? PatternMatch.Yes("handlers wait in your code, each with the goroutine that reads ahead on its connection")
            : PatternMatch.No;
    }
}
