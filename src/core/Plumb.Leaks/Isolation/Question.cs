namespace Plumb.Leaks.Isolation;

/// <summary>What the search for one signal wants to be measured next.</summary>
/// <param name="Routes">The routes whose growth is wanted.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Load">How many times the usual number of requests.</param>
internal sealed record Question(RouteSet Routes, RoundPurpose Purpose, int Load)
{
    /// <summary>Whether other routes may be loaded in the same round, as long as they are known to be clean.</summary>
    public bool MayShare => Purpose is RoundPurpose.Half or RoundPurpose.All;
}
