namespace Plumb.Leaks.Diagnoses;

/// <summary>The whole answer about one series of snapshots. Only values: whoever shows it computes nothing.</summary>
public sealed record Diagnosis
{
    public required LeakVerdict Verdict { get; init; }

    /// <summary>The verdict in a sentence, with its reason.</summary>
    public required string Reason { get; init; }

    /// <summary>The most certain and heaviest first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Figures of the whole process, growing or not: total goroutines, live heap, RSS, descriptors, threads.</summary>
    public IReadOnlyList<EvidenceSeries> Process { get; init; } = [];

    /// <summary>The limit that is reached first; null when nothing grows towards one.</summary>
    public Forecast? Forecast { get; init; }

    /// <summary>What the reader should know about the series: missing parts, a restart, too few snapshots.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Snapshots judged.</summary>
    public int Snapshots { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Requests served between the first and the last snapshot; null when nobody counted them.</summary>
    public double? Requests { get; init; }
}
