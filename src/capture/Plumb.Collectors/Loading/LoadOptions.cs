namespace Plumb.Collectors.Loading;

/// <summary>What load to put on a service.</summary>
/// <param name="Address">Asked with GET; http or https.</param>
/// <param name="RatePerSecond">Requests that are begun each second, whether or not earlier ones have been answered.</param>
public sealed record LoadOptions(Uri Address, double RatePerSecond)
{
    public const double MaxRatePerSecond = 20_000;
    public const int MaxConnections = 1024;

    /// <summary>Keep-alive connections, and so the most requests under way at once; 32 by default.</summary>
    public int Connections { get; init; } = 32;

    /// <summary>How long one request may take; 10 s by default.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Stop after so many requests; null for no such bound.</summary>
    public long? MaxRequests { get; init; }

    /// <summary>Stop after so long; null to go on until it is cancelled.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whether a host other than this machine's loopback may be loaded. False by default: a mistyped host is not to be flooded.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Most bytes read of one answer; what is longer counts as an error and costs the connection. 16 MiB by default.</summary>
    public long MaxBodyBytes { get; init; } = 16L << 20;
}
