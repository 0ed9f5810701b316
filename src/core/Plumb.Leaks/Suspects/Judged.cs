using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Suspects;

/// <summary>Everything in a series that was judged.</summary>
internal sealed record Judged
{
    public required LoadTimeline Timeline { get; init; }

    /// <summary>Goroutine and heap sites, growing or not.</summary>
    public required IReadOnlyList<Site> Sites { get; init; }

    public required IReadOnlyList<ProcessFigure> Figures { get; init; }

    public ProcessFigure? Figure(string name) => Figures.FirstOrDefault(f => f.Name == name);
}
