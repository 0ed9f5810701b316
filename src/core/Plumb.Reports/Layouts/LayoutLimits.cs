namespace Plumb.Reports.Layouts;

/// <summary>What is laid out before it is refused: beyond this nobody could read the picture, and it would take minutes.</summary>
public static class LayoutLimits
{
    public const int MaxNodes = 5_000;

    public const int MaxEdges = 20_000;

    /// <summary>Ranks that all edges pass, together.</summary>
    public const int MaxBends = 200_000;
}
