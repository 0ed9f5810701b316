namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>http2Client.reader</c>, <c>loopyWriter.run</c>.</summary>
public sealed class GrpcConnectionPerRequest : LeakPattern
{
    public override string Id => "grpc-connection-per-request";

    public override string Title => "A gRPC connection is opened for each call";

    public override string Cause => "Every grpc.ClientConn has its own transport goroutines and socket.";

    public override string Remedy => "Share one ClientConn for each target: it multiplexes; Close() what is temporary.";

    public override string? Reference => "https://grpc.io/docs/guides/performance/";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("grpc/internal/transport", "(*http2Client).reader", "(*loopyWriter).run", "(*http2Client).keepalive") is not null
            || suspect.Goroutine("grpc/internal/grpcsync", "(*CallbackSerializer).run") is not null
            || suspect.Goroutine("grpc", "(*ccBalancerWrapper).watcher", "(*addrConn).*") is not null
            ? PatternMatch.Yes("more and more gRPC client transports")
            : PatternMatch.No;
    }
}
