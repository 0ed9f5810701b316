namespace Plumb.Web.Live;

/// <summary>A figure that is looked at each second.</summary>
public enum LiveFigure
{
    /// <summary>Heap with an object in it, in bytes.</summary>
    HeapInUse,

    /// <summary>Heap without one that was not given back to the system yet, in bytes.</summary>
    HeapIdle,

    /// <summary>All memory that the runtime has from the system, in bytes.</summary>
    RuntimeMemory,

    /// <summary>The heap at which the next collection starts, in bytes.</summary>
    NextCollection,

    /// <summary>Memory of the process that is in RAM, in bytes.</summary>
    Resident,

    /// <summary>Goroutines or tasks.</summary>
    Goroutines,

    Threads,

    /// <summary>Open file descriptors.</summary>
    Descriptors,

    /// <summary>CPU time by the second: 1 is one core.</summary>
    Cores,

    /// <summary>Requests by the second.</summary>
    Requests,

    /// <summary>Collections since the second before.</summary>
    Collections,

    /// <summary>The longest pause of those, in seconds.</summary>
    Pause,

    /// <summary>What the process may use of memory, in bytes.</summary>
    MemoryLimit,

    /// <summary>How many descriptors it may have.</summary>
    DescriptorLimit,
}
