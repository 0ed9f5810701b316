namespace Plumb.Runtime.NetTrace;

/// <summary>One event of a trace. Valid only while it is handed over: stack and payload lie in the reader's buffer.</summary>
internal readonly ref struct TraceEvent
{
    public required EventKind Kind { get; init; }

    /// <summary>The system's number of the thread that the event is about.</summary>
    public required ulong ThreadId { get; init; }

    /// <summary>Ticks of <see cref="System.Diagnostics.Stopwatch"/>, as the writer's machine counts them.</summary>
    public required long Timestamp { get; init; }

    /// <summary>Return addresses, leaf first; empty when none was taken.</summary>
    public required ReadOnlySpan<ulong> Stack { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }
}
