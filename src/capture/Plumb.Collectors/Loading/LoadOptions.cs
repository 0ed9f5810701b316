using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Loading;

/// <summary>What load to put on a service.</summary>
public sealed record LoadOptions
{
    public const double MaxRatePerSecond = 100_000;
    public const int MaxConnections = 4096;
    public const int MaxStreams = 256;

    /// <summary>A load of GET requests on one http or https address.</summary>
    public LoadOptions(Uri address, double? ratePerSecond)
        : this(RequestMix.Of(RequestTemplate.Get(address)), ratePerSecond)
    {
    }

    /// <param name="requests">What is sent.</param>
    /// <param name="ratePerSecond">Requests that are begun each second, whether or not earlier ones have been answered (an open
    /// loop); null for as many as the connections carry, each sent once the one before it is answered (a closed loop).</param>
    public LoadOptions(RequestMix requests, double? ratePerSecond)
    {
        Requests = requests;
        RatePerSecond = ratePerSecond;
    }

    public RequestMix Requests { get; init; }

    public double? RatePerSecond { get; init; }

    /// <summary>Keep-alive connections to each host; 32 by default.</summary>
    public int Connections { get; init; } = 32;

    /// <summary>Requests under way at once on each connection; more than 1 only with HTTP/2.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>HTTP/2 from the first byte (over TLS agreed on by ALPN) instead of HTTP/1.1.</summary>
    public bool Http2 { get; init; }

    /// <summary>Takes any certificate. False by default.</summary>
    public bool AnyCertificate { get; init; }

    /// <summary>How long one request may take; 10 s by default.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Stop after so many requests; null for no such bound.</summary>
    public long? MaxRequests { get; init; }

    /// <summary>Stop after so long; null to go on until it is cancelled.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whether any host other than this machine's loopback may be loaded. False by default: a mistyped host is not to be flooded.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Hosts that may be loaded besides this machine's loopback.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>Most bytes read of one answer; what is longer counts as an error and costs the connection. 16 MiB by default.</summary>
    public long MaxBodyBytes { get; init; } = 16L << 20;

    internal bool Allows(string host) => AllowRemote || AllowedHosts.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);
}
