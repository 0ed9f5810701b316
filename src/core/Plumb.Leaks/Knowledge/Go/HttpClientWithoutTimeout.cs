namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>roundTrip</c> in select: the server does not answer and nothing gives up.</summary>
public sealed class HttpClientWithoutTimeout : LeakPattern
{
    public override string Id => "http-client-without-timeout";

    public override string Title => "HTTP requests wait for an answer that never comes";

    public override string Cause =>
        "A request without a timeout waits as long as the other side likes, with its goroutine and connection.";

    public override string Remedy => "Set http.Client.Timeout, or give each request a context with a deadline.";

    public override string? Reference => "https://pkg.go.dev/net/http#Client";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutines.Any(s => s.Has("net/http", "(*persistConn).roundTrip", "(*http2ClientConn).RoundTrip", "(*http2clientStream).doRequest", "(*Transport).getConn"))
            ? PatternMatch.Yes("more and more goroutines wait in an HTTP request that they sent")
            : PatternMatch.No;
    }
}
