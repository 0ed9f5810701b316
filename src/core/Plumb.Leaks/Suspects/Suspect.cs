using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects.Blame;

namespace Plumb.Leaks.Suspects;

/// <summary>Sites and figures that grow together: one defect, as far as can be told.</summary>
internal sealed class Suspect
{
    public List<Site> Sites { get; } = [];

    public List<ProcessFigure> Figures { get; } = [];

    /// <summary>The application's frame to blame; null when none was found.</summary>
    public Frame? Anchor { get; set; }

    /// <summary>The site that <see cref="Anchor"/> was taken from.</summary>
    public Site? Leader { get; set; }

    /// <summary>The stack from which <see cref="Anchor"/> was taken, leaf first.</summary>
    public IReadOnlyList<Frame> AnchorStack { get; set; } = [];

    /// <summary>How <see cref="Anchor"/> was found.</summary>
    public Basis Basis { get; set; } = Basis.Nothing;

    public IEnumerable<Site> Goroutines => Sites.Where(s => s.IsGoroutine);

    public IEnumerable<Site> Heap => Sites.Where(s => !s.IsGoroutine);

    /// <summary>The site that leads the evidence: goroutines are counted exactly, so they go before heap.</summary>
    public Site? Lead => Goroutines.MaxBy(s => s.Growth.Growth) ?? Heap.MaxBy(s => s.Growth.Growth);
}
