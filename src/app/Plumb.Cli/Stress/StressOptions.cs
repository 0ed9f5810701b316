namespace Plumb.Cli.Stress;

/// <summary>What <c>plumb stress</c> was asked to do.</summary>
internal sealed record StressOptions
{
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public string? Method { get; init; }

    /// <summary>As written: <c>Name: value</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>A text, or @ and the name of a file.</summary>
    public string? Body { get; init; }

    /// <summary>A file of curl commands.</summary>
    public string? Curl { get; init; }

    /// <summary>An access log, whose paths are requested from the one address.</summary>
    public string? AccessLog { get; init; }

    /// <summary>Whether requests of the log that may change something are sent too.</summary>
    public bool UnsafeMethods { get; init; }

    public double? Rate { get; init; }

    public int Connections { get; init; } = 32;

    public int Streams { get; init; } = 1;

    public TimeSpan? Duration { get; init; }

    public long? Requests { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public bool Http2 { get; init; }

    public bool Insecure { get; init; }

    public IReadOnlyList<string> Allow { get; init; } = [];

    public bool Yes { get; init; }

    /// <summary>The share of failed requests, in percent, up to which the load counts as passed.</summary>
    public double MaxErrorPercent { get; init; }

    public bool Json { get; init; }

    public bool NoColor { get; init; }

    public bool Quiet { get; init; }
}
