namespace Plumb.Collectors.Loading;

/// <summary>What a load has done so far.</summary>
/// <param name="Elapsed">Since the first request was due.</param>
/// <param name="Outcomes">Ended requests by how they ended, indexed by <see cref="LoadOutcome"/>.</param>
/// <param name="Late">Requests that were due by now and have not been begun: the service does not keep up with the rate.</param>
/// <param name="Latencies">From when a request was due to its last byte, for every request that reached the service.</param>
public sealed record LoadReport(TimeSpan Elapsed, IReadOnlyList<long> Outcomes, long Late, LatencyHistogram Latencies)
{
    /// <summary>Complete answers by their status.</summary>
    public IReadOnlyDictionary<int, long> Statuses { get; init; } = new Dictionary<int, long>();

    /// <summary>What was done with each request of the mix, in its order.</summary>
    public IReadOnlyList<RequestTally> Requests { get; init; } = [];

    /// <summary>Bytes of answers, heads included. With HTTP/2, of their bodies.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Connections that were opened, those that replaced closed ones included.</summary>
    public long ConnectionsOpened { get; init; }

    /// <summary>Requests that ended, in whatever way.</summary>
    public long Ended => Outcomes.Sum();

    /// <summary>Requests that had no connection to go over.</summary>
    public long NotConnected => this[LoadOutcome.Refused] + this[LoadOutcome.Unreachable] + this[LoadOutcome.Tls];

    /// <summary>Requests whose connection broke, or whose answer was not HTTP or too long.</summary>
    public long Broken => this[LoadOutcome.Reset] + this[LoadOutcome.Protocol] + this[LoadOutcome.TooLong];

    /// <summary>Requests that reached the service: a handler ran for them even when its answer came too late.</summary>
    public long Reached => Ended - NotConnected;

    /// <summary>Requests that did not succeed.</summary>
    public long Errors => Ended - this[LoadOutcome.Success];

    /// <summary>Ended requests a second.</summary>
    public double RatePerSecond => Elapsed > TimeSpan.Zero ? Ended / Elapsed.TotalSeconds : 0;

    public long this[LoadOutcome outcome] => Outcomes[(int)outcome];
}
