namespace Plumb.Leaks.Watching;

/// <summary>When evidence is to be captured.</summary>
public sealed record AlarmRules
{
    public static AlarmRules None { get; } = new();

    /// <summary>At this share of any limit that is known, 0 to 1; null for never.</summary>
    public double? LimitShare { get; init; }

    /// <summary>At these levels, by the name of the figure.</summary>
    public IReadOnlyDictionary<string, double> Levels { get; init; } = new Dictionary<string, double>();

    /// <summary>When a limit is forecast to be reached within this time; null for never.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>When a leak is found.</summary>
    public bool OnLeak { get; init; }
}
