using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>(*conn).serve</c> waits for the next request on more and more connections.</summary>
public sealed class HttpServerIdleConnections : LeakPattern
{
    public override string Id => "http-server-idle-connections";

    public override string Title => "Idle inbound connections pile up";

    public override string Cause =>
        "Clients keep connections open and the server never ends them: it has no IdleTimeout or ReadHeaderTimeout.";

    public override string Remedy =>
        "Set http.Server.IdleTimeout and ReadHeaderTimeout; check whether the callers reuse their connections.";

    public override string? Reference => "https://pkg.go.dev/net/http#Server";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        // Where the client is in the same process, it is the client that keeps them.
        if (suspect.Goroutine("net/http", "(*persistConn).readLoop") is not null) return PatternMatch.No;
        return suspect.Goroutines.Any(s => s.State == WaitState.IoWait && s.Own is null && s.Root.Is("net/http", "(*conn).serve"))
            ? PatternMatch.Yes("more and more server connections wait for a request")
            : PatternMatch.No;
    }
}
