namespace Plumb.Leaks.Watching;

/// <summary>How high a figure stands.</summary>
/// <param name="Name">As a rule names it: "rss", "fds", "goroutines".</param>
/// <param name="Value">NaN when it is not known.</param>
/// <param name="Limit">What it must not reach; NaN when nothing is known to stop it.</param>
public readonly record struct WatchedLevel(string Name, double Value, double Limit = double.NaN);
