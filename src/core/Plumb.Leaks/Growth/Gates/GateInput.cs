namespace Plumb.Leaks.Growth.Gates;

/// <summary>A series after load model and line, as the gates see it.</summary>
internal sealed record GateInput
{
    public required GrowthSeries Series { get; init; }

    public required LoadTimeline Timeline { get; init; }

    /// <summary>The values as read.</summary>
    public required double[] Raw { get; init; }

    /// <summary>The values without their traffic-proportional part.</summary>
    public required double[] Adjusted { get; init; }

    /// <summary>Samples behind each value; null for a count.</summary>
    public required double[]? RawSamples { get; init; }

    /// <summary>Samples ever taken at the place, at the same points; null when unknown.</summary>
    public double[]? AllocatedSamples { get; init; }

    /// <summary>The enclosing figure at the same points; null when unknown.</summary>
    public required double[]? Enclosing { get; init; }

    /// <summary>The sum of all its like at the same points; null when unknown.</summary>
    public double[]? Whole { get; init; }

    public required SlopeBand Line { get; init; }

    /// <summary>Standard deviation around the line.</summary>
    public required double Noise { get; init; }

    /// <summary>Whether every point after the warm-up is there, neither shortened to floors nor cut for a late start.</summary>
    public bool IsWhole { get; init; }

    public required LoadFit Load { get; init; }

    public required GrowthOptions Options { get; init; }

    public double Growth => Line.Slope * Timeline.DurationSeconds;
}
