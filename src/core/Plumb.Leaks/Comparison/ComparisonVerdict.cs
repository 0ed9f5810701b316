namespace Plumb.Leaks.Comparison;

/// <summary>The answer to "is the new one worse?".</summary>
public enum ComparisonVerdict
{
    /// <summary>Nothing grows only in the new one, and it costs no more.</summary>
    Same,

    /// <summary>It cannot be told; the reason says why.</summary>
    Inconclusive,

    /// <summary>The new one leaks where the old one does not, or costs more.</summary>
    Worse,
}
