namespace Plumb.Leaks.Comparison;

/// <summary>One thing that was measured on both sides.</summary>
public sealed record Difference
{
    /// <summary>The application's function where there is one, else the library's; for a figure of the process its name.</summary>
    public required string Name { get; init; }

    /// <summary>goroutine, heap, fd, socket, thread, rss, alloc or cpu.</summary>
    public required string Resource { get; init; }

    /// <summary>"bytes", "count" or "seconds".</summary>
    public required string Unit { get; init; }

    /// <summary>Whether it is a figure of the whole process.</summary>
    public bool IsProcess { get; init; }

    /// <summary>Functions from the leaf to the root of the stack that differs most; empty for a figure of the process.</summary>
    public IReadOnlyList<string> Stack { get; init; } = [];

    public required Estimate Old { get; init; }

    public required Estimate New { get; init; }

    /// <summary>Chance of so large a difference without any (two-sided).</summary>
    public required double P { get; init; }

    public required DifferenceVerdict Verdict { get; init; }

    public double Change => New.Value - Old.Value;

    /// <summary>Half of the 95 % band around <see cref="Change"/>.</summary>
    public double Band => 1.96 * Math.Sqrt((Old.Error * Old.Error) + (New.Error * New.Error));
}
