namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>compress/flate.NewWriter</c> rows.</summary>
public sealed class GzipWriterRetained : LeakPattern
{
    public override string Id => "gzip-writer-retained";

    public override string Title => "Compressors are kept";

    public override string Cause =>
        "A compressor of compress/flate holds about 0.8 MB. Kept per request or connection, they add up quickly.";

    public override string Remedy => "Keep them in a sync.Pool and Reset them; Close and drop the reference otherwise.";

    public override string? Reference => "https://pkg.go.dev/compress/gzip#Writer.Reset";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return !suspect.HasGoroutines && suspect.ShareOfHeap(s => s.Calls("compress/flate", "NewWriter*", "NewReader*") || s.Calls("compress/gzip", "NewWriter*", "(*Writer).*")) > 0.5
            ? PatternMatch.Yes("live compressors grow")
            : PatternMatch.No;
    }
}
