namespace Plumb.Leaks.Comparison;

/// <summary>The answer to "is the leak gone?".</summary>
public enum VerificationVerdict
{
    /// <summary>Under the same work it would have been seen, and it was not.</summary>
    Gone,

    /// <summary>It cannot be told: too little work, or too much noise.</summary>
    Unclear,

    /// <summary>It still leaks, or something else does.</summary>
    Leaks,
}
