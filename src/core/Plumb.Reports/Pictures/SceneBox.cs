using System.Collections.Immutable;
using Plumb.Reports.Layouts;

namespace Plumb.Reports.Pictures;

/// <summary>A box of a picture in its place.</summary>
/// <param name="Text">Its lines.</param>
/// <param name="Tooltip">Empty for none.</param>
/// <param name="Color">Of the border, as <c>#rrggbb</c>.</param>
public sealed record SceneBox(SceneBoxKind Kind, LayoutBox Place, ImmutableArray<string> Text, double FontSize, string Color, string FillColor, string Tooltip);

public enum SceneBoxKind
{
    Entry,
    Tag,
    Legend,
}
