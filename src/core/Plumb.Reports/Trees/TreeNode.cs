using System.Collections.Immutable;

namespace Plumb.Reports.Trees;

/// <param name="Flat">Sum of the samples whose leaf it is; the mean when one is asked for.</param>
/// <param name="RunningFlat">Sum of <paramref name="Flat"/> of this entry and those above.</param>
/// <param name="Cum">Sum of the samples with it anywhere on the stack.</param>
/// <param name="Callers">Heaviest first.</param>
/// <param name="Callees">Heaviest first.</param>
public sealed record TreeNode(string Name, long Flat, long RunningFlat, long Cum, ImmutableArray<TreeCall> Callers, ImmutableArray<TreeCall> Callees);

/// <param name="Name">The entry at the other end.</param>
/// <param name="Weight">Sum of the samples with this call on the stack; the mean when one is asked for.</param>
/// <param name="IsInline">Whether the callee was always inlined here.</param>
public readonly record struct TreeCall(string Name, long Weight, bool IsInline);
