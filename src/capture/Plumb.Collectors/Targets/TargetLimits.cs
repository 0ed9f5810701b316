namespace Plumb.Collectors.Targets;

/// <summary>How much of a target's answer is read, and for how long.</summary>
public sealed record TargetLimits
{
    public static TargetLimits Default { get; } = new();

    /// <summary>
    /// Largest body as it comes over the wire, in bytes; 64 MiB by default. Go's runtime itself cuts <c>goroutine?debug=2</c>, the
    /// largest of the bodies, at 64 MiB, and a gzipped profile of a million samples stays below half of it.
    /// </summary>
    public long MaxBodyBytes { get; init; } = 64L << 20;

    /// <summary>
    /// Largest body once a Content-Encoding is undone, in bytes; 256 MiB by default: four times what Go can send, and little enough
    /// that a bomb cannot push the machine of the person on call into swap.
    /// </summary>
    public long MaxDecodedBytes { get; init; } = 256L << 20;

    /// <summary>From the first byte sent to the last byte read; 10 s by default. A forced collection of a large heap takes seconds.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Redirects followed within one host and port; never to another. 3 by default: <c>/debug/pprof</c> → <c>/debug/pprof/</c> takes one.</summary>
    public int MaxRedirects { get; init; } = 3;
}
