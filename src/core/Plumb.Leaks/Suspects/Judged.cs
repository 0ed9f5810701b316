using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Suspects;

/// <summary>Everything in a series that was judged.</summary>
internal sealed record Judged
{
    public required LoadTimeline Timeline { get; init; }

    /// <summary>Goroutine and heap sites, growing or not.</summary>
    public required IReadOnlyList<Site> Sites { get; init; }

    public required IReadOnlyList<ProcessFigure> Figures { get; init; }

    /// <summary>Whether the process is one of .NET.</summary>
    public bool IsDotNet => Sites.Count > 0 && Sites[0].Frames[0].IsDotNet;

    public ProcessFigure? Figure(string name) => Figures.FirstOrDefault(f => f.Name == name);
}
