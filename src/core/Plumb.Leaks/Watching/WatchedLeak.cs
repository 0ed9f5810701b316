using Plumb.Leaks.Diagnoses;

namespace Plumb.Leaks.Watching;

/// <summary>A leak that was found while a service was watched.</summary>
/// <param name="Finding">As it was seen last.</param>
/// <param name="FirstSeen">The snapshot at which it was first called one.</param>
/// <param name="LastSeen">The snapshot at which it was last called one.</param>
public sealed record WatchedLeak(Finding Finding, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);
