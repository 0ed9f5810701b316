namespace Plumb.Leaks.Isolation;

/// <summary>What of a process can be left behind by a request; the most exactly counted first.</summary>
public enum SignalKind
{
    /// <summary>Goroutines at one place.</summary>
    Goroutines,

    /// <summary>Open descriptors of the process.</summary>
    Descriptors,

    /// <summary>Bytes of live heap.</summary>
    HeapBytes,
}
