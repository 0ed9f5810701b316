namespace Plumb.Leaks.Diagnoses;

/// <summary>When a resource runs out if it goes on growing as it does.</summary>
public sealed record Forecast
{
    /// <summary>goroutine, heap, fd, socket, thread or rss.</summary>
    public required string Resource { get; init; }

    /// <summary>What stops it: "memory limit", "GOMEMLIMIT", "descriptor limit", "ephemeral ports", "thread limit", "connection pool".</summary>
    public required string LimitName { get; init; }

    /// <summary>The limit in the resource's unit.</summary>
    public required double Limit { get; init; }

    /// <summary>The level at the last snapshot, in the same unit.</summary>
    public required double Current { get; init; }

    /// <summary>Growth in units per second.</summary>
    public required double PerSecond { get; init; }

    /// <summary>Time from the last snapshot until the limit.</summary>
    public required TimeSpan TimeToLimit { get; init; }

    /// <summary>The early end of the 95 % band.</summary>
    public required TimeSpan Earliest { get; init; }

    /// <summary>The late end of the band; null when the slope's band reaches zero.</summary>
    public TimeSpan? Latest { get; init; }

    /// <summary>What the number takes into account, such as Go's garbage collector needing headroom.</summary>
    public string? Note { get; init; }
}
