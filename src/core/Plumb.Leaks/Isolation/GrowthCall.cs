namespace Plumb.Leaks.Isolation;

/// <summary>What a measurement says.</summary>
internal enum GrowthCall
{
    Clean,

    /// <summary>It may be either: to be measured again with more load.</summary>
    Unsure,

    Leaking,
}
