using System.Collections.Immutable;
using Plumb.Reports.Layouts;

namespace Plumb.Reports.Pictures;

/// <summary>A call of a picture in its place.</summary>
/// <param name="Text">The lines beside it.</param>
/// <param name="Color">As <c>#rrggbb</c>.</param>
public sealed record SceneLine(LayoutPath Place, ImmutableArray<string> Text, string Color, double Width, bool IsDotted, string Tooltip);
