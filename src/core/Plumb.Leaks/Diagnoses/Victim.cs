using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Diagnoses;

/// <summary>Something that grows because of the finding, and would stop with it.</summary>
/// <param name="Function">The function that waits or is held.</param>
/// <param name="Frame">Its exact place; null when it is a library's goroutine without a line of the application.</param>
/// <param name="Reason">Why it is a victim and not a cause.</param>
/// <param name="PerSecond">How many more each second.</param>
public sealed record Victim(string Function, Frame? Frame, string Reason, double PerSecond);
