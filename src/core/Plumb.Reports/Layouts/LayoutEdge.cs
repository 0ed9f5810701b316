namespace Plumb.Reports.Layouts;

/// <summary>A line that is to lead from one box to another, with room for a text beside it.</summary>
/// <param name="Source">Where it starts, by its place among the nodes.</param>
/// <param name="Target">Where it ends; the source itself for a loop.</param>
/// <param name="Label">The room for the text.</param>
/// <param name="Weight">How much it matters that the line is short; at least 1.</param>
/// <param name="MinLength">How many ranks it spans at the least; at least 1.</param>
public readonly record struct LayoutEdge(int Source, int Target, LayoutNode Label = default, long Weight = 1, int MinLength = 1);
