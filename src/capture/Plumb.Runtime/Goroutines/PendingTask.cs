using Plumb.Runtime.Frozen;

namespace Plumb.Runtime.Goroutines;

/// <summary>A task that is not completed, as it lay in the heap.</summary>
internal sealed class PendingTask
{
    public required FrozenType Type { get; init; }

    /// <summary>Of an async method: the state machine's type; null for every other task.</summary>
    public FrozenType? Machine { get; init; }

    /// <summary>Which await it waits at, from 0; negative while it runs.</summary>
    public int State { get; init; }

    /// <summary>What it awaits, as far as the state machine says: the class of the object, or null.</summary>
    public FrozenType? Awaited { get; init; }

    /// <summary>Where that object is; 0 for none.</summary>
    public long AwaitedAddress { get; init; }

    /// <summary>Where the state machine is when it is an object of its own: an async iterator, or unoptimized code.</summary>
    public long MachineAddress { get; init; }

    public long Continuation { get; init; }

    /// <summary>Whether it has work of its own (Task.Run) rather than being completed by others.</summary>
    public bool HasAction { get; init; }

    /// <summary>Who goes on when this completes.</summary>
    public List<PendingTask> Awaiters { get; } = [];

    /// <summary>Whether it waits for one of the others.</summary>
    public bool WaitsForTask { get; set; }
}
