namespace Plumb.Collectors.Metrics;

/// <summary>How much of a metrics page is kept.</summary>
public sealed record MetricsLimits
{
    public static MetricsLimits Default { get; } = new();

    /// <summary>Samples kept; what follows is counted as skipped. 100,000 by default: ten times what a busy service shows.</summary>
    public int MaxSamples { get; init; } = 100_000;

    /// <summary>Labels of one sample; a line with more is skipped. 64 by default.</summary>
    public int MaxLabels { get; init; } = 64;

    /// <summary>Characters of one line; a longer line is skipped. 16,384 by default.</summary>
    public int MaxLineLength { get; init; } = 16_384;
}
