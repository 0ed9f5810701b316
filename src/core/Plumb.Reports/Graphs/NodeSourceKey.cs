namespace Plumb.Reports.Graphs;

/// <summary>All that a <see cref="NodeSource"/> depends on beside what the filters leave.</summary>
/// <param name="Column">The sample type whose values are summed.</param>
/// <param name="DivisorColumn">The sample type that a mean divides by; -1 for no mean.</param>
/// <param name="TrimPath">As the option: how paths of source files are cut.</param>
/// <param name="SourcePath">As the option, which plays a part in that.</param>
internal readonly record struct NodeSourceKey(NodeDetail Detail, int Column, int DivisorColumn, string TrimPath, string SourcePath);
