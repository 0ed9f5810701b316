namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>(*pipe).write</c> or <c>read</c> for ever.</summary>
public sealed class PipeWithoutPeer : LeakPattern
{
    public override string Id => "pipe-without-peer";

    public override string Title => "An io.Pipe waits for its other end";

    public override string Cause =>
        "A write to an io.Pipe waits until someone reads, and a read until someone writes or closes. One end has " +
        "gone.";

    public override string Remedy => "Close both ends on every path: CloseWithError tells the other side why.";

    public override string? Reference => "https://pkg.go.dev/io#Pipe";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("io", "(*pipe).write", "(*pipe).read", "(*pipe).Write", "(*pipe).Read") is not null
            ? PatternMatch.Yes("more and more goroutines wait in an io.Pipe")
            : PatternMatch.No;
    }
}
