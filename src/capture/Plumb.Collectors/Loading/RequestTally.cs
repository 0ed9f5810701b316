namespace Plumb.Collectors.Loading;

/// <summary>What was done with one request of a mix.</summary>
/// <param name="Name">Method and address, as the user wrote them.</param>
/// <param name="Ended">How often it was sent, whatever came of it.</param>
/// <param name="Errors">How often it did not succeed.</param>
/// <param name="TotalLatency">The latencies of those that reached the service, added up.</param>
/// <param name="Slowest">The longest of them.</param>
/// <param name="NotConnected">How often there was no connection to send it over.</param>
public readonly record struct RequestTally(string Name, long Ended, long Errors, TimeSpan TotalLatency, TimeSpan Slowest, long NotConnected)
{
    /// <summary>How often a handler ran for it.</summary>
    public long Reached => Ended - NotConnected;

    /// <summary>The mean latency; null before one has reached the service.</summary>
    public TimeSpan? Mean => Reached > 0 ? TotalLatency / Reached : null;
}
