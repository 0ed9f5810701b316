using Plumb.Collectors.Watching;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Watch;

/// <summary>The figures by which an alarm is set.</summary>
internal static class WatchFigures
{
    public static IReadOnlyList<string> Names { get; } = ["rss", "heap", "goroutines", "fds", "threads", "cpu"];

    /// <summary>"bytes" or "count".</summary>
    public static string UnitOf(string name) => name is "rss" or "heap" ? "bytes" : "count";

    public static IReadOnlyList<WatchedLevel> Levels(WatchSample sample) =>
    [
        // Of a service on another machine only the runtime's own account is known.
        new("rss", double.IsNaN(sample.ResidentBytes) ? sample.SystemBytes : sample.ResidentBytes, sample.MemoryLimitBytes),
        new("heap", sample.HeapInUseBytes, sample.SoftMemoryLimitBytes),
        new("goroutines", sample.Goroutines),
        new("fds", sample.Descriptors, sample.DescriptorLimit),
        new("threads", sample.Threads),
        new("cpu", sample.Cores),
    ];
}
