namespace Plumb.Leaks.Isolation;

/// <summary>What to do next: load these routes equally, let the service come to rest, and measure what was left behind.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Routes">The routes by number.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Load">How many times the usual number of requests each route gets.</param>
public sealed record IsolationRound(int Number, IReadOnlyList<int> Routes, RoundPurpose Purpose, int Load);
