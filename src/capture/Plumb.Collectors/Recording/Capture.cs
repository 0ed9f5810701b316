using Plumb.Leaks.Snapshots;

namespace Plumb.Collectors.Recording;

/// <summary>One snapshot as bytes: what the target sent, undecoded, and the metrics of that moment.</summary>
public sealed record Capture
{
    /// <summary>The place in the series, from 0; a failed snapshot leaves a gap.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the snapshot was begun.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>heap?gc=1</c>, in profile.proto.</summary>
    public ReadOnlyMemory<byte>? Heap { get; init; }

    /// <summary><c>goroutine</c>, in profile.proto.</summary>
    public ReadOnlyMemory<byte>? Goroutine { get; init; }

    /// <summary><c>goroutine?debug=2</c>, as text.</summary>
    public ReadOnlyMemory<byte>? GoroutineText { get; init; }

    /// <summary><c>goroutineleak</c>, in profile.proto: what the collector of Go 1.26 and newer proved stuck.</summary>
    public ReadOnlyMemory<byte>? GoroutineLeak { get; init; }

    /// <summary>Figures by <see cref="MetricNames"/>; all finite.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>What could not be had, and why; sentences for the person who asked.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether there is anything to judge.</summary>
    public bool HasProfile => Heap is not null || Goroutine is not null || GoroutineText is not null;
}
