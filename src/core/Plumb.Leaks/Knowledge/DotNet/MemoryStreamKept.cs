namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Memory streams and their arrays rise.</summary>
public sealed class MemoryStreamKept : LeakPattern
{
    public override string Id => "dotnet-memory-stream-kept";

    public override string Title => "Memory streams are kept";

    public override string Cause =>
        "A MemoryStream doubles its array as it grows, on the large object heap from 85,000 bytes, and holds it as " +
        "long as it is referred to.";

    public override string Remedy => "RecyclableMemoryStream, or write to the destination directly; do not keep the stream.";

    public override string? Reference => "https://github.com/microsoft/Microsoft.IO.RecyclableMemoryStream";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.IO.MemoryStream")
            ? PatternMatch.Yes("memory streams rise")
            : PatternMatch.No;
    }
}
