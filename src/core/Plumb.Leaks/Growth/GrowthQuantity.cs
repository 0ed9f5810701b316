namespace Plumb.Leaks.Growth;

/// <summary>What a series counts; decides how finely it can be known and what runs out in the end.</summary>
public enum GrowthQuantity
{
    /// <summary>Goroutines or tasks at one stack: counted exactly.</summary>
    Goroutines,

    /// <summary>Live heap objects of one stack, estimated from samples.</summary>
    HeapObjects,

    /// <summary>Live heap bytes of one stack, estimated from samples.</summary>
    HeapBytes,

    /// <summary>Open file descriptors or sockets: counted exactly.</summary>
    Descriptors,

    /// <summary>Operating system threads: counted exactly.</summary>
    Threads,

    /// <summary>Resident memory of the process: noisy, and it lags behind the heap.</summary>
    ResidentBytes,
}
