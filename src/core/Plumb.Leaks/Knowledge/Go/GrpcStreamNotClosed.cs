namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>newClientStreamWithParams</c> goroutines, before 1.40 <c>newClientStream</c>.</summary>
public sealed class GrpcStreamNotClosed : LeakPattern
{
    public override string Id => "grpc-stream-not-closed";

    public override string Title => "A gRPC stream is neither drained nor cancelled";

    public override string Cause =>
        "A stream keeps its goroutine until it is read to its end, its context is cancelled or its connection is " +
        "closed.";

    public override string Remedy => "Cancel the stream's context with defer cancel(), or receive until io.EOF.";

    public override string? Reference => "https://pkg.go.dev/google.golang.org/grpc#ClientConn.NewStream";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("grpc", "newClientStreamWithParams.func*", "newClientStream.func*") is not null
            ? PatternMatch.Yes("more and more open client streams")
            : PatternMatch.No;
    }
}
