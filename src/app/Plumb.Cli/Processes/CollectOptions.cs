namespace Plumb.Cli.Processes;

/// <summary>What <c>plumb collect</c> was asked to do.</summary>
internal sealed record CollectOptions
{
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(5);

    public required CollectKind Kind { get; init; }

    public required int Pid { get; init; }

    /// <summary>Null for what is usual for the profile.</summary>
    public TimeSpan? For { get; init; }

    public bool CollectsGarbage { get; init; }

    public bool AsText { get; init; }

    /// <summary>A path; <c>-</c> for standard output; null for a new file in the current folder.</summary>
    public string? Output { get; init; }

    public bool Quiet { get; init; }
}
