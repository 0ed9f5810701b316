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

    /// <summary>Objects of which there is one for each client.</summary>
    internal static readonly string[] OnePerClient =
    [
        "System.Net.Http.HttpClient", "System.Net.Http.HttpClientHandler", "System.Net.Http.SocketsHttpHandler", "System.Net.Http.HttpConnectionSettings",
        "System.Net.Http.HttpConnectionPoolManager", "System.Net.Http.Metrics.SocketsHttpHandlerMetrics", "System.Net.Http.MetricsHandler", "System.Net.Http.DiagnosticsHandler",
    ];

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.TypeGrows(OnePerClient)) return PatternMatch.Yes("handlers with their connection pools rise");
        return suspect.BlamedAllocates(OnePerClient) && suspect.Growing.Any(s => s.Frames.Any(f => f.Function.StartsWith("System.Net.Http.", StringComparison.Ordinal)))
            ? PatternMatch.Yes("connections of HTTP clients rise, and this function makes clients")
            : PatternMatch.No;
    }
}
