namespace Plumb.Leaks.Growth;

/// <summary>The thresholds of the growth tests. The defaults are those that the simulator in the tests was run with.</summary>
public sealed record GrowthOptions
{
    public static GrowthOptions Default { get; } = new();

    /// <summary>Fewer points than this are never judged: six in strict order happen by luck once in 720.</summary>
    public int MinPoints { get; init; } = 6;

    /// <summary>A series is shortened to at most this many floors: the tests are quadratic, and more adds nothing.</summary>
    public int MaxPoints { get; init; } = 160;

    /// <summary>Share of the points dropped at the start, once there are at least ten.</summary>
    public double WarmUpShare { get; init; } = 0.1;

    /// <summary>A rank test above this is no trend.</summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>The share of false ones among the series called growing.</summary>
    public double FalseDiscoveryRate { get; init; } = 0.05;

    /// <summary>Growth below this share of the median level is no effect.</summary>
    public double MinRelativeGrowth { get; init; } = 0.05;

    /// <summary>Growth below this multiple of the noise around the line is no effect.</summary>
    public double NoiseMultiple { get; init; } = 3;

    /// <summary>A sampled series is judged only when its last value rests on this many samples.</summary>
    public double MinRawSamples { get; init; } = 8;

    /// <summary>Request rates that vary less than this (standard deviation over mean) count as steady.</summary>
    public double SteadyTraffic { get; init; } = 0.15;

    /// <summary>Growth that needs longer than this to reach its limit is drift, not a leak.</summary>
    public TimeSpan DriftHorizon { get; init; } = TimeSpan.FromDays(30);

    /// <summary>What memory is measured against when the process has no limit.</summary>
    public double AssumedMemoryLimitBytes { get; init; } = 512.0 * 1024 * 1024;
}
