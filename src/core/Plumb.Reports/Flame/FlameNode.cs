namespace Plumb.Reports.Flame;

/// <summary>A node of a tree that is being built.</summary>
/// <param name="Parent">Its place among the nodes; -1 at the root.</param>
/// <param name="Branches">How many nodes it would lead to if none were left out.</param>
internal readonly record struct FlameNode(int Entry, int Parent, int Branches, long Value, long Weight, long Self);
