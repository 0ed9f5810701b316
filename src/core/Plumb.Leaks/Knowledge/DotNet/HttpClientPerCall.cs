namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>SocketsHttpHandler</c> objects rise.</summary>
public sealed class HttpClientPerCall : LeakPattern
{
    public override string Id => "dotnet-httpclient-per-call";

    public override string Title => "An HttpClient is made for each call";

    public override string Cause =>
        "Each HttpClient that is given no handler makes a SocketsHttpHandler with a connection pool of its own; its " +
        "connections stay open until they idle out.";

    public override string Remedy => "Use IHttpClientFactory or one static HttpClient with PooledConnectionLifetime.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/fundamentals/networking/http/httpclient-guidelines";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Net.Http.SocketsHttpHandler", "System.Net.Http.HttpConnectionPoolManager")
            ? PatternMatch.Yes("handlers with their connection pools rise")
            : PatternMatch.No;
    }
}
