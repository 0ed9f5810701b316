using System.Collections.Immutable;

namespace Plumb.Web.Leaks;

/// <summary>A figure over time.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Unit">"bytes" or "count".</param>
/// <param name="Seconds">Since the first snapshot, one for each value.</param>
/// <param name="Values">Null where a snapshot lacks it.</param>
public sealed record CurveView(string Name, string Unit, ImmutableArray<double> Seconds, ImmutableArray<double?> Values)
{
    /// <summary>The first and the last level, in words.</summary>
    public string Levels { get; init; } = "";

    /// <summary>How fast it grows, or why that does not count as growth.</summary>
    public string Tendency { get; init; } = "";

    public bool IsGrowing { get; init; }

    /// <summary>The line that was judged; null where nothing grows.</summary>
    public TrendView? Trend { get; init; }
}

/// <summary>A straight line between two moments, in seconds.</summary>
public sealed record TrendView(double From, double FromValue, double To, double ToValue);
