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
        return suspect.TypeGrows("System.Net.Http.HttpConnectionResponseContent")
                || suspect.TypeGrows("System.Net.Http.HttpConnection+ContentLengthReadStream", "System.Net.Http.HttpConnection+ChunkedEncodingReadStream")
            ? PatternMatch.Yes("contents of responses that nobody has read to the end rise")
            : PatternMatch.No;
    }
}
