using Plumb.Collectors.Watching;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Watch;

/// <summary>All that a display shows, at one moment.</summary>
internal sealed record WatchView
{
    public required string Target { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Oldest first, thinned; the newest is the last.</summary>
    public required IReadOnlyList<WatchSample> Samples { get; init; }

    /// <summary>Oldest first; only the latest are kept.</summary>
    public required IReadOnlyList<WatchEvent> Events { get; init; }

    public required WatchedGrowth Growth { get; init; }

    /// <summary>Snapshots that were taken.</summary>
    public required int Snapshots { get; init; }

    public bool IsCapturing { get; init; }
}
