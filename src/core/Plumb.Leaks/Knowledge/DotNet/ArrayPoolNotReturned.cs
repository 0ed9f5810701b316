namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>SharedArrayPoolThreadLocalArray</c> objects rise.</summary>
public sealed class ArrayPoolNotReturned : LeakPattern
{
    public override string Id => "dotnet-array-pool-not-returned";

    public override string Title => "Rented arrays are not returned";

    public override string Cause =>
        "A rented array that is not returned is replaced by a new one; the pool saves nothing, and whoever keeps the " +
        "arrays leaks them.";

    public override string Remedy => "Return in finally, once, and do not keep the array afterwards.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.buffers.arraypool-1";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Buffers.SharedArrayPoolThreadLocalArray", "System.Buffers.SharedArrayPoolPartitions*")
            ? PatternMatch.Yes("buffers around the shared array pool rise")
            : PatternMatch.No;
    }
}
