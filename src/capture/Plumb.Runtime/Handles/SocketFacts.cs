namespace Plumb.Runtime.Handles;

internal sealed record SocketFacts
{
    /// <summary>tcp, udp, unix or other.</summary>
    public required string Protocol { get; init; }

    public required string Local { get; init; }

    /// <summary>Empty when there is no other end.</summary>
    public required string Remote { get; init; }

    public required bool IsListening { get; init; }

    /// <summary>Of TCP: ESTABLISHED, CLOSE_WAIT; else empty.</summary>
    public required string State { get; init; }
}
