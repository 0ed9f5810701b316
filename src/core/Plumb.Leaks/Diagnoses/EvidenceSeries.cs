using Plumb.Leaks.Growth;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Diagnoses;

/// <summary>A series that a verdict rests on, with its judgement.</summary>
public sealed record EvidenceSeries
{
    /// <summary>What it counts, for people: "goroutines in chan send", "open sockets".</summary>
    public required string Name { get; init; }

    /// <summary>goroutine, heap, fd, socket, thread or rss.</summary>
    public required string Resource { get; init; }

    /// <summary>Unit of the values: "count" or "bytes".</summary>
    public required string Unit { get; init; }

    /// <summary>Seconds since the first snapshot, one for each value.</summary>
    public required IReadOnlyList<double> Seconds { get; init; }

    /// <summary>NaN where a snapshot lacks the value.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    public required GrowthResult Growth { get; init; }

    /// <summary>The stack that the series belongs to, leaf first; empty for a figure of the whole process.</summary>
    public IReadOnlyList<Frame> Stack { get; init; } = [];
}
