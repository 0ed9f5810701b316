using Plumb.Leaks.Growth.Gates;

namespace Plumb.Leaks.Growth;

/// <summary>What one series does, and everything that this answer rests on.</summary>
public sealed record GrowthResult
{
    public required GrowthVerdict Verdict { get; init; }

    /// <summary>The verdict in words.</summary>
    public required string Reason { get; init; }

    /// <summary>Points judged: after holes, warm-up and flooring.</summary>
    public required int Points { get; init; }

    /// <summary>Where the judged window begins, in seconds since the first point; later than the warm-up for a leak that starts late.</summary>
    public double StartSeconds { get; init; }

    /// <summary>Growth per second, with its 95 % band.</summary>
    public SlopeBand PerSecond { get; init; }

    /// <summary>Growth over the judged window.</summary>
    public double Growth { get; init; }

    /// <summary>Standard deviation around the line.</summary>
    public double Noise { get; init; }

    /// <summary>Value of the line at the last point.</summary>
    public double Level { get; init; }

    public TrendTest Trend { get; init; } = TrendTest.None;

    /// <summary>How the series depends on the load; null when it was not fitted.</summary>
    public LoadFit? Load { get; init; }

    /// <summary>The gates in the order in which they were asked.</summary>
    public IReadOnlyList<GateResult> Gates { get; init; } = [];

    /// <summary>Whether the series is worth a place in a finding.</summary>
    public bool IsGrowing => Verdict is GrowthVerdict.Grows or GrowthVerdict.Suspicious;

    internal static GrowthResult Flat(string reason, int points) => new() { Verdict = GrowthVerdict.Flat, Reason = reason, Points = points };
}
