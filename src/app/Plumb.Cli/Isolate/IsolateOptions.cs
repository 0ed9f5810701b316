namespace Plumb.Cli.Isolate;

/// <summary>What <c>plumb isolate</c> was asked to do.</summary>
internal sealed record IsolateOptions
{
    /// <summary>Where the profiles are.</summary>
    public required string Target { get; init; }

    /// <summary>Where the routes are served; null for the target's own host and port.</summary>
    public string? Service { get; init; }

    /// <summary>A file with a route to a line.</summary>
    public string? Routes { get; init; }

    /// <summary>An OpenAPI document: a file, or an address.</summary>
    public string? OpenApi { get; init; }

    public string? AccessLog { get; init; }

    /// <summary>Whether routes that may change something are loaded too.</summary>
    public bool UnsafeMethods { get; init; }

    /// <summary>For each route in each round.</summary>
    public int Requests { get; init; } = 100;

    public double Rate { get; init; } = 200;

    public int Connections { get; init; } = 8;

    public int MaxRounds { get; init; } = 60;

    /// <summary>How long is waited for the service to come to rest.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public IReadOnlyList<string> Headers { get; init; } = [];

    public IReadOnlyList<string> Allow { get; init; } = [];

    public bool Yes { get; init; }

    public string? MainModule { get; init; }

    public bool Json { get; init; }

    public bool NoColor { get; init; }

    public bool Quiet { get; init; }
}
