namespace Plumb.Reports.Pictures;

/// <summary>A call in a picture.</summary>
/// <param name="Source">By its place among the nodes.</param>
/// <param name="Target">By its place among the nodes.</param>
/// <param name="Weight">From 1 to 101: how much it matters that the line is short.</param>
/// <param name="Width">Of the line, from 1 to 6.</param>
/// <param name="Color">As <c>#rrggbb</c>; null when there is nothing to compare with.</param>
/// <param name="IsResidual">There are entries between the two that are not shown.</param>
public sealed record PictureEdge(int Source, int Target, string Amount, long Weight, long Width, string? Color, bool IsInline, bool IsResidual);
