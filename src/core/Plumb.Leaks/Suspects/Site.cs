using Plumb.Leaks.Growth;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects;

/// <summary>A place in the code whose goroutines or live heap were judged: one stack, or all stacks with the same application line.</summary>
internal sealed class Site
{
    /// <summary>The stack that stands for the site, leaf first: the one that grew most.</summary>
    public required Frame[] Frames { get; init; }

    /// <summary>The stacks behind the site with their gain in the series' unit, largest first; not all when there are very many.</summary>
    public required IReadOnlyList<SiteMember> Members { get; init; }

    /// <summary>The stacks behind a site of goroutines; empty for heap.</summary>
    public IReadOnlyList<StackKey> Keys { get; init; } = [];

    public required bool IsGoroutine { get; init; }

    /// <summary>What the goroutines wait for; unknown for heap.</summary>
    public WaitState State { get; init; }

    public DumpFacts? Dump { get; init; }

    /// <summary>Who started the goroutines, nearest first; empty when no dump says so, and for heap.</summary>
    public IReadOnlyList<Frame> Creators { get; init; } = [];

    /// <summary>What was judged: goroutines or bytes.</summary>
    public required GrowthSeries Series { get; init; }

    public required GrowthResult Growth { get; init; }

    /// <summary>Live objects in each snapshot; the goroutines themselves for a goroutine site.</summary>
    public required double[] Counts { get; init; }

    public double ProvenLeaks { get; init; }

    /// <summary>The nearest application frame to the leaf; null for a stack of libraries only.</summary>
    public Frame? OwnFrame => Array.Find(Frames, f => f.IsApplication);

    /// <summary>The nearest application frame among those who started it.</summary>
    public Frame? CreatorFrame => Creators.FirstOrDefault(f => f.IsApplication);

    /// <summary>The function at the root: what a goroutine was started with.</summary>
    public Frame Root => Frames[^1];

    public string Resource => IsGoroutine ? ResourceNames.Goroutine : ResourceNames.Heap;

    /// <summary>Members gained from the first to the last known point.</summary>
    public double Gained
    {
        get
        {
            var known = Array.FindAll(Counts, double.IsFinite);
            return known.Length == 0 ? 0 : known[^1] - known[0];
        }
    }
}
