namespace Plumb.Leaks.Growth;

/// <summary>What a series does.</summary>
public enum GrowthVerdict
{
    /// <summary>It does not grow, or its growth has an ordinary explanation (the failed gate says which).</summary>
    Flat,

    /// <summary>It rises, but whether that is a leak cannot be told from these points (the gate says why).</summary>
    Inconclusive,

    /// <summary>It grows, with less than full evidence.</summary>
    Suspicious,

    /// <summary>It grows, and every gate agrees.</summary>
    Grows,
}
