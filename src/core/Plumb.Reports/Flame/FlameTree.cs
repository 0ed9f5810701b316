using System.Collections.Immutable;

namespace Plumb.Reports.Flame;

/// <summary>
/// A tree of calls as columns, a row for each node. The first row is the root; each node is followed by its children and theirs, heaviest
/// first, so that <see cref="Depths"/> alone says who is whose parent.
/// </summary>
/// <param name="Frames">What each node stands for, an index into <see cref="FlameView.Names"/>; -1 at a root that stands for everything.</param>
/// <param name="Depths">0 at the root.</param>
/// <param name="Values">Sum of the samples that came this way, with their signs; more than the children's where branches were left out.</param>
/// <param name="Selves">The part of it that went no further.</param>
/// <param name="Weights">The same sums without signs, which is how wide a node is in a comparison; equal to <paramref name="Values"/> when no value is negative.</param>
public sealed record FlameTree(
    ImmutableArray<int> Frames, ImmutableArray<int> Depths, ImmutableArray<long> Values, ImmutableArray<long> Selves, ImmutableArray<long> Weights)
{
    public int Count => Frames.Length;

    /// <summary>Branches that were left out because they are small.</summary>
    public int DroppedBranches { get; init; }

    /// <summary>What a branch had to weigh to stay. When there were too many, some that weigh just that are left out as well.</summary>
    public long Cutoff { get; init; }
}
