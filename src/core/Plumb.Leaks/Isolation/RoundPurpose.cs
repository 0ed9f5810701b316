namespace Plumb.Leaks.Isolation;

/// <summary>Why a round is made.</summary>
public enum RoundPurpose
{
    /// <summary>All routes: does anything grow at all?</summary>
    All,

    /// <summary>Half of a set that leaks; what the other half leaks follows from the difference.</summary>
    Half,

    /// <summary>One route alone: it leaks by itself, and so much.</summary>
    Confirmation,

    /// <summary>Some routes that leak only together.</summary>
    Combination,

    /// <summary>All routes that were not found to leak: they do not.</summary>
    Rest,
}
