using System.Collections.Immutable;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// The memory statistics of a Go process, as they end its <c>heap?debug=1</c>. Names and meanings are those of Go's runtime.MemStats;
/// what an older version does not print is 0.
/// </summary>
public sealed record MemStats
{
    /// <summary>Bytes of live objects and of dead ones not swept yet.</summary>
    public long AllocBytes { get; init; }

    /// <summary>Bytes allocated since the start.</summary>
    public long TotalAllocBytes { get; init; }

    /// <summary>Bytes obtained from the system, for all purposes.</summary>
    public long SysBytes { get; init; }

    /// <summary>Objects allocated since the start.</summary>
    public long Mallocs { get; init; }

    /// <summary>Objects freed since the start.</summary>
    public long Frees { get; init; }

    public long HeapAllocBytes { get; init; }

    /// <summary>Address space obtained for the heap.</summary>
    public long HeapSysBytes { get; init; }

    /// <summary>Bytes in spans without an object; includes <see cref="HeapReleasedBytes"/>.</summary>
    public long HeapIdleBytes { get; init; }

    /// <summary>Bytes in spans with an object.</summary>
    public long HeapInuseBytes { get; init; }

    /// <summary>Idle bytes returned to the system.</summary>
    public long HeapReleasedBytes { get; init; }

    public long HeapObjects { get; init; }

    public long StackInuseBytes { get; init; }

    public long StackSysBytes { get; init; }

    public long MSpanInuseBytes { get; init; }

    public long MSpanSysBytes { get; init; }

    public long MCacheInuseBytes { get; init; }

    public long MCacheSysBytes { get; init; }

    /// <summary>Bytes of the profiler's own tables.</summary>
    public long BuckHashSysBytes { get; init; }

    /// <summary>Bytes of the collector's own tables.</summary>
    public long GCSysBytes { get; init; }

    public long OtherSysBytes { get; init; }

    /// <summary>The heap size at which the next collection starts.</summary>
    public long NextGCBytes { get; init; }

    /// <summary>End of the last collection, nanoseconds since the Unix epoch; 0 before the first.</summary>
    public long LastGCUnixNanos { get; init; }

    /// <summary>Pauses of the last collections, a ring: collection n is at (n + 255) mod 256.</summary>
    public ImmutableArray<long> PauseNanos { get; init; } = [];

    public long NumGC { get; init; }

    /// <summary>Collections that the program asked for, among them those of <c>heap?gc=1</c>.</summary>
    public long NumForcedGC { get; init; }

    /// <summary>Share of the available CPU time spent on collection since the start, 0 to 1.</summary>
    public double GCCpuFraction { get; init; }

    /// <summary>The largest resident size so far; 0 where the system does not say.</summary>
    public long MaxRssBytes { get; init; }

    /// <summary>The pause of the last collection, 0 before the first.</summary>
    public long RecentPauseNanos => NumGC > 0 && PauseNanos.Length > 0 ? PauseNanos[(int)((NumGC - 1) % PauseNanos.Length)] : 0;
}
