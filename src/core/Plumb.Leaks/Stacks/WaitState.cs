namespace Plumb.Leaks.Stacks;

/// <summary>What a goroutine does or waits for; the classes are the same for every version of Go.</summary>
public enum WaitState
{
    /// <summary>Runs, or waits for something that is none of the others.</summary>
    Unknown,
    ChanReceive,
    ChanSend,
    Select,

    /// <summary>A select without cases: for ever.</summary>
    SelectForever,
    Mutex,
    WaitGroup,
    Cond,
    IoWait,
    Sleep,
    Syscall,
    Semaphore,

    /// <summary>An async method of .NET that waits for a task.</summary>
    Await,

    /// <summary>The runtime's own goroutines: collector workers, finalizers, tracing.</summary>
    Runtime,
}
