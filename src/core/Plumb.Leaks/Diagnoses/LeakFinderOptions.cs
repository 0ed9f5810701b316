using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Diagnoses;

/// <summary>How a series is judged.</summary>
public sealed record LeakFinderOptions
{
    public static LeakFinderOptions Default { get; } = new();

    public GrowthOptions Growth { get; init; } = GrowthOptions.Default;

    /// <summary>Distinct stacks kept over the whole series; further ones are counted in a note. Bounds memory on hostile input.</summary>
    public int MaxStacks { get; init; } = 200_000;

    /// <summary>Findings reported; the rest are counted in a note.</summary>
    public int MaxFindings { get; init; } = 20;

    /// <summary>A finding of whose growth it is less sure than this is only a note: false alarms cost more than misses.</summary>
    public double LeastConfidence { get; init; } = 0.45;

    /// <summary>Import path of the program's main module; found from the stacks when null.</summary>
    public string? MainModule { get; init; }
}
