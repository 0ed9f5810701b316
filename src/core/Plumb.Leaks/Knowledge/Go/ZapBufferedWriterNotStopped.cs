namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>flushLoop</c> goroutines.</summary>
public sealed class ZapBufferedWriterNotStopped : LeakPattern
{
    public override string Id => "zap-buffered-writer-not-stopped";

    public override string Title => "A buffered log writer is made for each request";

    public override string Cause => "A BufferedWriteSyncer has a buffer and a flush goroutine until Stop.";

    public override string Remedy => "Make one logger for the program; Stop() the syncer at the end.";

    public override string? Reference => "https://pkg.go.dev/go.uber.org/zap/zapcore#BufferedWriteSyncer";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("zap/zapcore", "(*BufferedWriteSyncer).flushLoop") is not null
            ? PatternMatch.Yes("more and more flushLoop goroutines")
            : PatternMatch.No;
    }
}
