namespace Plumb.Collectors.Recording;

/// <summary>How much of a saved series is read.</summary>
public sealed record SeriesLimits
{
    public static SeriesLimits Default { get; } = new();

    /// <summary>Lines of <c>series.jsonl</c>; 100,000 by default.</summary>
    public int MaxLines { get; init; } = RecordingPlan.MaxSnapshots;

    /// <summary>Bytes of one line; 1 MiB by default.</summary>
    public int MaxLineBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of one file as it is stored; 64 MiB by default, as for a body from the network.</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of a <c>.txt.gz</c> once it is unpacked; 256 MiB by default.</summary>
    public long MaxTextBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of all files together; 1 GiB by default.</summary>
    public long MaxTotalBytes { get; init; } = 1L << 30;

    /// <summary>Metrics of one snapshot; 4,096 by default.</summary>
    public int MaxMetrics { get; init; } = 4096;
}
