using System.Collections.Immutable;

namespace Plumb.Web.Leaks;

/// <summary>A verdict as the page shows it: every figure is there as text in the words of the other reports, and as a number only where it is drawn.</summary>
public sealed record LeakReport
{
    /// <summary>leak, suspicious, inconclusive or none.</summary>
    public required string Verdict { get; init; }

    /// <summary>The verdict in a word or two.</summary>
    public required string Word { get; init; }

    public required string Reason { get; init; }

    /// <summary>How much was looked at.</summary>
    public required string Span { get; init; }

    public LeakForecast? Forecast { get; init; }

    /// <summary>The most certain and heaviest first.</summary>
    public ImmutableArray<SuspectView> Suspects { get; init; } = [];

    /// <summary>How many more suspects there are than are shown.</summary>
    public int MoreSuspects { get; init; }

    /// <summary>Figures of the whole process, growing or not.</summary>
    public ImmutableArray<CurveView> Process { get; init; } = [];

    public ImmutableArray<string> Notes { get; init; } = [];
}
