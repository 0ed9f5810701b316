namespace Plumb.Leaks.Isolation;

/// <summary>What is known about the routes so far.</summary>
/// <param name="Leaking">Those that leak, the heaviest signal first.</param>
/// <param name="Suspected">Those among which a leak is that was not found: the search was ended, or no route repeats it.</param>
/// <param name="IsComplete">Whether every question was answered.</param>
/// <param name="Rounds">Rounds measured.</param>
public sealed record IsolationResult(IReadOnlyList<LeakingRoutes> Leaking, IReadOnlyList<int> Suspected, bool IsComplete, int Rounds);
