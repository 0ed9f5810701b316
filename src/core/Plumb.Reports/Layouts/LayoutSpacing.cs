namespace Plumb.Reports.Layouts;

/// <summary>Distances of a layout.</summary>
internal static class LayoutSpacing
{
    public const double BetweenNodes = 18;

    public const double BetweenLines = 8;

    /// <summary>Between a rank of boxes and the texts of the edges that leave it.</summary>
    public const double BetweenRanks = 18;

    /// <summary>Between a line and its text.</summary>
    public const double BesideLabel = 3;

    /// <summary>How far a line may swing out below its text, which then stands so much farther away.</summary>
    public const double LabelPlay = 6;

    public const double ArrowLength = 9;

    /// <summary>How far a loop reaches beyond its box.</summary>
    public const double LoopWidth = 22;
}
