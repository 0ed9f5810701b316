namespace Plumb.Runtime.Goroutines;

/// <param name="Lost">Tasks for which there was no room.</param>
/// <param name="Continuations">Calls that the runtime itself stopped.</param>
/// <param name="NotNamed">Those of them whose method was not found.</param>
internal sealed record TasksFound(IReadOnlyCollection<PendingTask> Tasks, long Lost, long Continuations = 0, long NotNamed = 0);
