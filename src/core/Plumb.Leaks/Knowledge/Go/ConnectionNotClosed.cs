namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>net.newFD</c> under the application, no goroutine.</summary>
public sealed class ConnectionNotClosed : LeakPattern
{
    public override string Id => "connection-not-closed";

    public override string Title => "A network connection is not closed";

    public override string Cause => "A connection holds a socket and its buffers until Close.";

    public override string Remedy => "defer conn.Close() right after the error check, and set deadlines.";

    public override string? Reference => "https://pkg.go.dev/net#Conn";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.HasGoroutines || !suspect.SocketsGrow) return PatternMatch.No;
        if (suspect.Growing.Count == 0) return PatternMatch.Unsure("sockets rise, and nothing else does");
        return suspect.Growing.Concat(suspect.Process).Any(s => s.Calls("net", "newFD", "Dial*", "(*Dialer).*", "(*netFD).*"))
            ? PatternMatch.Yes("sockets rise, and this function opens connections")
            : PatternMatch.No;
    }
}
