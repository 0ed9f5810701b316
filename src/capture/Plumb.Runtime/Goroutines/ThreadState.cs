namespace Plumb.Runtime.Goroutines;

/// <param name="Name">As the system calls it: 15 characters at most.</param>
/// <param name="IsRunning">Whether it runs, or would if a processor were free.</param>
/// <param name="Waits">For how long it has not run, at least; null when unknown.</param>
internal sealed record ThreadState(string Name, bool IsRunning, TimeSpan? Waits);
