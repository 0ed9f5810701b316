namespace Plumb.Leaks.Comparison;

/// <summary>How the new one differs from the old one in one thing.</summary>
public enum DifferenceVerdict
{
    /// <summary>No difference that chance would not make.</summary>
    Same,

    /// <summary>It grows in the old one only.</summary>
    Gone,

    /// <summary>It grows more slowly, or costs less.</summary>
    Less,

    /// <summary>It rises faster, but whether that is growth cannot be told yet.</summary>
    Unclear,

    /// <summary>It grows faster, or costs more.</summary>
    More,

    /// <summary>It grows in the new one only.</summary>
    OnlyNew,
}
