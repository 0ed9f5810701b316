namespace Plumb.Leaks.Diagnoses;

/// <summary>The answer to "does it leak?".</summary>
public enum LeakVerdict
{
    /// <summary>Nothing grows that has no ordinary explanation.</summary>
    None,

    /// <summary>It cannot be told from this series; the reason says why, and what would help.</summary>
    Inconclusive,

    /// <summary>It looks like a leak, with less than full evidence.</summary>
    Suspicious,

    /// <summary>It leaks.</summary>
    Leak,
}
