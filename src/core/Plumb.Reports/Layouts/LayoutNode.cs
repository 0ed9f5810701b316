namespace Plumb.Reports.Layouts;

/// <summary>A box that is to be placed.</summary>
public readonly record struct LayoutNode(double Width, double Height);
