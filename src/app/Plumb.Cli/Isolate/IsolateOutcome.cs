using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Isolate;

/// <summary>A finished search.</summary>
internal sealed record IsolateOutcome
{
    /// <summary>As the user knows it, without credentials.</summary>
    public required string Target { get; init; }

    /// <summary>The names of all routes that were looked at.</summary>
    public required IReadOnlyList<string> Routes { get; init; }

    public required IReadOnlyList<RouteVerdict> Leaking { get; init; }

    /// <summary>Routes among which a leak is that was not found.</summary>
    public required IReadOnlyList<string> Suspected { get; init; }

    /// <summary>Whether every question was answered.</summary>
    public required bool IsComplete { get; init; }

    public required bool Interrupted { get; init; }

    public required IReadOnlyList<RoundRecord> Rounds { get; init; }

    public required long Requests { get; init; }

    public required TimeSpan Took { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public LeakVerdict Verdict =>
        Leaking.Any(route => route.Verdict == LeakVerdict.Leak) ? LeakVerdict.Leak
        : Leaking.Count > 0 ? LeakVerdict.Suspicious
        : !IsComplete || Suspected.Count > 0 ? LeakVerdict.Inconclusive
        : LeakVerdict.None;
}
