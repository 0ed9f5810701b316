using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary>A new Transport a call: <c>readLoop</c> in IO wait tells it from an unclosed body.</summary>
public sealed class HttpTransportPerRequest : LeakPattern
{
    public override string Id => "http-transport-per-request";

    public override string Title => "An http.Transport is made for each request";

    public override string Cause =>
        "Every http.Transport keeps its own pool of idle connections. One that is dropped keeps them open, each " +
        "with two goroutines, buffers and a socket, until the server or IdleConnTimeout ends them.";

    public override string Remedy =>
        "Share one http.Client (and its Transport) for the whole program. Where a Transport must be temporary, " +
        "call CloseIdleConnections when it is done.";

    public override string? Reference => "https://pkg.go.dev/net/http#Transport";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var made = suspect.Growing.Any(s => s.Has("net/http", "(*Transport).onceSetNextProtoDefaults", "(*Transport).Clone", "(*Transport).RegisterProtocol", "http2configureTransports", "http2ConfigureTransports"));
        var idle = suspect.Goroutines.Any(s => s.State == WaitState.IoWait && s.Has("net/http", "(*persistConn).readLoop"));
        if (made && (idle || suspect.SocketsGrow))
        {
            var clone = Cloned(suspect);
            return PatternMatch.Yes("idle client connections rise (readLoop in IO wait), and so do the transports that hold them") with
            {
                Anchor = clone?.Own,
                AnchorStack = clone?.Frames,
            };
        }

        if (idle) return PatternMatch.Unsure("idle client connections rise: readLoop in IO wait, no response is being read");
        return made ? PatternMatch.Unsure("live transports grow") : PatternMatch.No;
    }

    // Most of what a transport holds is allocated when it is first used. The line to mend is the one that makes it, and only a
    // copy of another transport is made by a function that can be recognised. Too few bytes to be judged, but enough to be seen.
    private static StackFact? Cloned(SuspectFacts suspect) => suspect.Process
        .Where(s => !s.IsGoroutine && s.Gained > 0 && s.Calls("net/http", "(*Transport).Clone"))
        .MaxBy(s => s.Gained);
}
