namespace Plumb.Reports.Layouts;

/// <summary>A box in its place.</summary>
/// <param name="X">Its left side.</param>
/// <param name="Y">Its upper side.</param>
public readonly record struct LayoutBox(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double CenterX => X + (Width / 2);

    public double CenterY => Y + (Height / 2);

    public bool Overlaps(LayoutBox other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
}
