using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Contents of responses rise with the streams that read them.</summary>
public sealed class HttpResponseNotDisposed : LeakPattern
{
    public override string Id => "dotnet-http-response-not-disposed";

    public override string Title => "HTTP responses are not disposed";

    public override string Cause =>
        "With ResponseHeadersRead the connection belongs to the response until its content is read to the end or " +
        "disposed.";

    public override string Remedy => "using var response = …; or read the content to its end.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.net.http.httpcompletionoption";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.TypeGrows("System.Net.Http.HttpConnectionResponseContent", "System.Net.Http.HttpConnection+ContentLengthReadStream", "System.Net.Http.HttpConnection+ChunkedEncodingReadStream", "ContentLengthReadStream", "ChunkedEncodingReadStream"))
            return PatternMatch.Yes("contents of responses that nobody has read to the end rise");
        // Who still waits for an answer holds a connection too.
        var waits = suspect.Goroutines.Any(s => s.Own is not null && s.Called.Any(IsOfClient));
        return !waits && suspect.SocketsGrow && suspect.Heap.Any(s => s.Gained > 0 && s.Frames.Any(IsOfClient)) && !suspect.BlamedAllocates(HttpClientPerCall.OnePerClient)
            ? PatternMatch.Yes("connections of one HTTP client rise, although nobody waits for an answer")
            : PatternMatch.No;
    }

    private static bool IsOfClient(Frame frame) => frame.Function.StartsWith("System.Net.Http.", StringComparison.Ordinal);
}
