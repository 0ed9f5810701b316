using Plumb.Profiles;
using Plumb.Profiles.LegacyText;

namespace Plumb.Leaks.Snapshots;

/// <summary>
/// What was read from a process at one moment. Every part may be missing: a target that answers one thing and refuses the
/// other, or dies half-way, is still judged by what there is.
/// </summary>
public sealed record Snapshot
{
    /// <summary>Number in the series, rising.</summary>
    public required int Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Live heap after a forced collection (<c>heap?gc=1</c>).</summary>
    public Profile? Heap { get; init; }

    /// <summary>All goroutines by stack (<c>goroutine</c>).</summary>
    public Profile? Goroutine { get; init; }

    /// <summary>All goroutines one by one, with state, waiting time and creator (<c>goroutine?debug=2</c>). Taking it stops the
    /// process, so a series usually has it at the first, middle and last snapshot only.</summary>
    public GoroutineDump? Goroutines { get; init; }

    /// <summary>Goroutines that the garbage collector proved stuck (<c>goroutineleak</c>, Go 1.26 and newer).</summary>
    public Profile? GoroutineLeak { get; init; }

    /// <summary>Figures of the process by name; see <see cref="MetricNames"/>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>What could not be read, and why, one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The figure, or NaN when this snapshot lacks it.</summary>
    public double Metric(string name) => Metrics.TryGetValue(name, out var value) ? value : double.NaN;
}
