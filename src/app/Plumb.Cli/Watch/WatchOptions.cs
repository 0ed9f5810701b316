using Plumb.Cli.Web;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Watch;

/// <summary>What <c>plumb watch</c> was asked to do.</summary>
internal sealed record WatchOptions
{
    public required string Target { get; init; }

    /// <summary>From one look at the figures to the next.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From one snapshot of the profiles to the next; null for often at first, and more rarely the longer it goes on.</summary>
    public TimeSpan? SnapshotEvery { get; init; }

    /// <summary>How long; null until it is stopped.</summary>
    public TimeSpan? Duration { get; init; }

    public AlarmRules Alarms { get; init; } = AlarmRules.None;

    /// <summary>The folder in which each capture gets a folder of its own.</summary>
    public string CaptureTo { get; init; } = "plumb-captures";

    public int MostCaptures { get; init; } = 5;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public string? Metrics { get; init; }

    public long? MemoryLimitBytes { get; init; }

    public string? MainModule { get; init; }

    public bool Json { get; init; }

    /// <summary>Lines instead of charts.</summary>
    public bool Plain { get; init; }

    public bool NoColor { get; init; }

    /// <summary>Where the page is served; null for none.</summary>
    public PageOptions? Page { get; init; }
}
