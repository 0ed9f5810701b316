namespace Plumb.Reports.Options;

/// <summary>What entries are ordered by.</summary>
public enum SortOrder
{
    /// <summary>By the value that is their own.</summary>
    Flat,

    /// <summary>By the value of them and everything they called.</summary>
    Cum,
}
