namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Waiters for a pooled connection rise.</summary>
public sealed class HttpPoolExhausted : LeakPattern
{
    public override string Id => "dotnet-http-pool-exhausted";

    public override string Title => "Requests wait for an HTTP connection";

    public override string Cause =>
        "MaxConnectionsPerServer is reached; these calls are victims of whoever keeps the connections, mostly " +
        "responses that are not disposed.";

    public override string Remedy =>
        "Look for responses that are not disposed; then raise MaxConnectionsPerServer, and give calls a timeout.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.net.http.socketshttphandler.maxconnectionsperserver";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Net.Http.HttpConnectionWaiter")
            ? PatternMatch.Unsure("calls that wait for a connection rise") with { VictimReason = "waits for a connection of a pool that is used up" }
            : PatternMatch.No;
    }
}
