namespace Plumb.Leaks.Knowledge;

/// <summary>A pattern's answer about a suspect.</summary>
public enum PatternVerdict
{
    /// <summary>Something that the pattern needs is not there.</summary>
    No,

    /// <summary>What is there fits, but so would other causes.</summary>
    Unsure,

    /// <summary>All evidence that the pattern needs is there.</summary>
    Yes,
}
