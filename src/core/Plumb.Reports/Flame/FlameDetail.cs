namespace Plumb.Reports.Flame;

/// <summary>How much of a call tree a flame graph is to hold: what is narrower than a pixel only costs time.</summary>
/// <param name="Fraction">Branches below this part of what the graph shows are left out.</param>
/// <param name="MaxNodes">The most nodes: the heaviest ones when there are more.</param>
public readonly record struct FlameDetail(double Fraction, int MaxNodes)
{
    /// <summary>Two ten-thousandths: less than a pixel on any screen.</summary>
    public static FlameDetail Default { get; } = new(0.0002, 500_000);

    /// <summary>As much as a page can still draw smoothly.</summary>
    public static FlameDetail Fine { get; } = new(0, 1_000_000);

    /// <summary>Everything there is.</summary>
    public static FlameDetail Whole { get; } = new(0, int.MaxValue);
}
