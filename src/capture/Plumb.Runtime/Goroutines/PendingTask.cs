using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Goroutines;

/// <summary>A task that is not completed.</summary>
internal sealed class PendingTask
{
    public required NamedType Type { get; init; }

    /// <summary>Of an async method: the state machine's type; null for every other task.</summary>
    public NamedType? Machine { get; init; }

    /// <summary>Of methods that the runtime itself stopped: all of them, innermost first; empty for every other task.</summary>
    public IReadOnlyList<AsyncFrame> Frames { get; init; } = [];

    /// <summary>Whether it stands for methods that wait.</summary>
    public bool IsMethod => Machine is not null || Frames.Count > 0;

    /// <summary>Which await it waits at, from 0; negative while it runs.</summary>
    public int State { get; init; }

    /// <summary>What it awaits, as far as the state machine says: the class of the object, or null.</summary>
    public NamedType? Awaited { get; init; }

    /// <summary>Whether it has work of its own (Task.Run) rather than being completed by others.</summary>
    public bool HasAction { get; init; }

    /// <summary>For how long it has been there, at least; null when unknown.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Who goes on when this completes.</summary>
    public List<PendingTask> Awaiters { get; } = [];

    /// <summary>Whether it waits for one of the others.</summary>
    public bool WaitsForTask { get; private set; }

    public void GoOnWith(PendingTask awaiter)
    {
        Awaiters.Add(awaiter);
        awaiter.WaitsForTask = true;
    }
}
