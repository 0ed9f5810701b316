namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>CacheEntry</c> objects rise.</summary>
public sealed class MemoryCacheUnbounded : LeakPattern
{
    public override string Id => "dotnet-memory-cache-unbounded";

    public override string Title => "A MemoryCache has no bound";

    public override string Cause => "Without SizeLimit and expiry a MemoryCache keeps every key that it was ever given.";

    public override string Remedy => "Set SizeLimit and a Size for each entry, or an expiry.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/core/extensions/caching";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("Microsoft.Extensions.Caching.Memory.CacheEntry", "Microsoft.Extensions.Caching.Memory.MemoryCache+CoherentState", "CoherentState")
            ? PatternMatch.Yes("cache entries rise")
            : PatternMatch.No;
    }
}
