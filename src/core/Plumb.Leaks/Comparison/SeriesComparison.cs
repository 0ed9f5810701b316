using Plumb.Leaks.Diagnoses;

namespace Plumb.Leaks.Comparison;

/// <summary>The whole answer about two series. Only values: whoever shows it computes nothing.</summary>
public sealed record SeriesComparison
{
    public required ComparisonVerdict Verdict { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Reason { get; init; }

    public required ComparedSide Old { get; init; }

    public required ComparedSide New { get; init; }

    /// <summary>Whether rates and costs are by the request; else by the second.</summary>
    public required bool IsPerRequest { get; init; }

    /// <summary>What grows differently, the worst first; then the figures of the process, whatever they do.</summary>
    public IReadOnlyList<Difference> Growth { get; init; } = [];

    /// <summary>What costs more or less: allocation and CPU by the request, live heap and goroutines as levels; the worst first, and the figures
    /// of the process whatever they do.</summary>
    public IReadOnlyList<Difference> Costs { get; init; } = [];

    /// <summary>Defects of the new one that the old one does not have.</summary>
    public IReadOnlyList<Finding> NewLeaks { get; init; } = [];

    /// <summary>Defects of the old one that the new one does not have.</summary>
    public IReadOnlyList<Finding> GoneLeaks { get; init; } = [];

    /// <summary>Defects of both.</summary>
    public IReadOnlyList<Finding> CommonLeaks { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];
}
