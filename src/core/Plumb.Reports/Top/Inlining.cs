namespace Plumb.Reports.Top;

/// <summary>Whether an entry's calls were inlined.</summary>
public enum Inlining
{
    None,

    /// <summary>Into some callers.</summary>
    Partial,

    /// <summary>Into all callers shown.</summary>
    Full,
}
