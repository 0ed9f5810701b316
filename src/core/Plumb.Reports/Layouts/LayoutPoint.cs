namespace Plumb.Reports.Layouts;

/// <summary>A place in a picture; x grows to the right, y downwards.</summary>
public readonly record struct LayoutPoint(double X, double Y);
