using System.Collections.Immutable;

namespace Plumb.Reports.Pictures;

/// <summary>An entry in a picture.</summary>
/// <param name="Name">What it is called in full.</param>
/// <param name="Label">The lines that are written into its box: parts of its name, then what it cost.</param>
/// <param name="FontSize">In points; grows with what is its own.</param>
/// <param name="Color">Of the box's border, as <c>#rrggbb</c>.</param>
/// <param name="Tags">Small boxes with the labels of its samples.</param>
public sealed record PictureNode(
    string Name, ImmutableArray<string> Label, string Amount, int FontSize, string Color, string FillColor, ImmutableArray<PictureTag> Tags);

/// <summary>Values of labels, as a small box beside an entry.</summary>
/// <param name="Id">Its place among those of its kind that its parent has.</param>
/// <param name="IsText">It stands for texts; otherwise for a range of numbers.</param>
/// <param name="IsDotted">It stands for samples that are not the entry's own.</param>
/// <param name="Nested">Numbers that occur together with it.</param>
public sealed record PictureTag(int Id, bool IsText, string Name, string Amount, bool IsDotted, ImmutableArray<PictureTag> Nested);
