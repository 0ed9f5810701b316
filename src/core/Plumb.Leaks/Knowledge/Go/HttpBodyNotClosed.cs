using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>resp.Body</c> left open: <c>readLoop</c> in select, <c>writeLoop</c> one to one.</summary>
public sealed class HttpBodyNotClosed : LeakPattern
{
    public override string Id => "http-body-not-closed";

    public override string Title => "The body of an HTTP response is not closed";

    public override string Cause =>
        "A connection goes back to the pool only when its response body was read to the end and closed. Otherwise " +
        "its two goroutines, its buffers and its socket stay.";

    public override string Remedy =>
        "After the error check: defer resp.Body.Close(); and read the rest (io.Copy(io.Discard, resp.Body)) so " +
        "that the connection can be used again.";

    public override string? Reference => "https://pkg.go.dev/net/http#Client.Do";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var waiting = suspect.Goroutines.FirstOrDefault(s => s.State == WaitState.Select && s.Has("net/http", "(*persistConn).readLoop"));
        if (waiting is null) return PatternMatch.No;
        return suspect.Goroutine("net/http", "(*persistConn).writeLoop") is not null
            ? PatternMatch.Yes("readLoop waits in select (a response is being read) and writeLoop rises with it")
            : PatternMatch.Unsure("readLoop waits in select: a response is being read");
    }
}
