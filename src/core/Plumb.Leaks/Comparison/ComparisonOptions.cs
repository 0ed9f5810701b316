using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Comparison;

/// <summary>How two series are compared.</summary>
public sealed record ComparisonOptions
{
    public static ComparisonOptions Default { get; } = new();

    /// <summary>The share of false ones among the differences of growth that are called so.</summary>
    public double FalseDiscoveryRate { get; init; } = 0.05;

    /// <summary>The same among differences of cost. Stricter: no second look, such as the gates of growth, stands behind it.</summary>
    public double FalseCostRate { get; init; } = 0.01;

    /// <summary>
    /// How sure it must be that a leak of the new one does not grow likewise in the old one, one-sided and for each leak by itself: that it is a
    /// leak has been tested already, among all stacks, on the new side.
    /// </summary>
    public double LeakAlpha { get; init; } = 0.05;

    /// <summary>What the whole process allocates or holds may rise by this share; beyond it is a regression.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>The same for CPU, which differs between two runs of one program by where they happen to run.</summary>
    public double CpuTolerance { get; init; } = 0.3;

    /// <summary>A stack that changes by less than this share of its own cost is not shown.</summary>
    public double LeastChange { get; init; } = 0.1;

    /// <summary>A stack that changes by less than this share of the whole cost is not shown.</summary>
    public double LeastShare { get; init; } = 0.01;

    /// <summary>With fewer snapshots on either side nothing is decided.</summary>
    public int MinSnapshots { get; init; } = 6;

    public int MaxStacks { get; init; } = 200_000;

    /// <summary>Import path of the program's main module; found from the stacks when null.</summary>
    public string? MainModule { get; init; }

    public GrowthOptions Growth { get; init; } = GrowthOptions.Default;
}
