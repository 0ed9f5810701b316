using System.Collections.Immutable;

namespace Plumb.Reports.Layouts;

/// <summary>A line in its place.</summary>
/// <param name="Curve">Cubic Bézier curves one after another: the start, then two control points and an end for each.</param>
/// <param name="Tip">Where the arrow that follows the curve touches the target's box.</param>
/// <param name="Label">Where the text goes; it has the size that was asked for.</param>
public sealed record LayoutPath(ImmutableArray<LayoutPoint> Curve, LayoutPoint Tip, LayoutBox Label);
