using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Comparison;

/// <summary>A function in the tree of what grew, with everything that grew beneath it.</summary>
/// <param name="Name">The function; for the root, what grew.</param>
/// <param name="Owner">Who wrote it.</param>
/// <param name="Growth">Growth of all stacks through this node, above 0.</param>
/// <param name="Children">Callees, the largest first. What was too small to be kept is in no child.</param>
public sealed record GrowthNode(string Name, FrameOwner Owner, double Growth, IReadOnlyList<GrowthNode> Children);
