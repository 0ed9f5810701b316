namespace Plumb.Cli.Processes;

/// <summary>A profile that <c>plumb collect</c> takes.</summary>
/// <param name="Name">As people ask for it.</param>
/// <param name="Endpoint">What it is called below <c>/debug/pprof/</c>.</param>
internal sealed record CollectKind(string Name, string Endpoint)
{
    public string Suffix { get; init; } = ".pb.gz";

    public bool HasText { get; init; } = true;

    /// <summary>Whether garbage may be collected before.</summary>
    public bool CanCollect { get; init; }

    /// <summary>How long is measured when nothing is said; null: it is taken at once.</summary>
    public TimeSpan? Default { get; init; }

    /// <summary>Whether the agent's samples are what it shows: it knows what was allocated since it came.</summary>
    public bool NeedsSamples { get; init; }

    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<CollectKind> All { get; } =
    [
        new("heap", "heap") { CanCollect = true, Default = s_usual, NeedsSamples = true },
        new("allocs", "allocs") { CanCollect = true, Default = s_usual, NeedsSamples = true },
        new("types", "types") { CanCollect = true },
        new("retention", "retention"),
        new("goroutine", "goroutine") { CanCollect = true },
        new("cpu", "profile") { Default = TimeSpan.FromSeconds(30) },
        new("block", "block") { Default = s_usual },
        new("mutex", "mutex") { Default = s_usual },
        new("exceptions", "exceptions") { Default = s_usual },
        new("threads", "threadcreate") { Default = s_usual },
        new("handles", "handles"),
        new("trace", "trace") { Default = s_usual, Suffix = ".nettrace", HasText = false },
        new("stats", "stats") { Suffix = ".txt", HasText = false },
    ];

    /// <summary>By its name here or below <c>/debug/pprof/</c>; null for none.</summary>
    public static CollectKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name || kind.Endpoint == name);
}
