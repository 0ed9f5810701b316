using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Web;
using Plumb.Collectors.Recording;

namespace Plumb.Cli.Leaks;

/// <summary>What <c>plumb leaks</c> was asked to do.</summary>
internal sealed record LeaksOptions
{
    /// <summary>A base URL, the folder of a saved series, or one saved dump or profile.</summary>
    public required string Target { get; init; }

    /// <summary>A .NET process of this machine in place of the target; null for none.</summary>
    public int? ProcessId { get; init; }

    public required RecordingPlan Plan { get; init; }

    /// <summary>How long one answer of the target may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An address, or a path on the target; null for no load.</summary>
    public string? Load { get; init; }

    public double Rate { get; init; } = 50;

    public int Connections { get; init; } = 32;

    public bool AllowRemoteLoad { get; init; }

    /// <summary>Where the metrics page is; null for <c>/metrics</c> on the target.</summary>
    public string? Metrics { get; init; }

    /// <summary>The folder to save the series in; null to keep nothing.</summary>
    public string? Save { get; init; }

    /// <summary>In place of the limit that is found; null to look for it.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Import path of the program's main module; null to find it.</summary>
    public string? MainModule { get; init; }

    /// <summary>Folders below which sources may be shown.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    public ReportOutputs Outputs { get; init; } = ReportOutputs.Terminal;

    /// <summary>Where the page is served; null for none.</summary>
    public PageOptions? Page { get; init; }

    public bool NoColor { get; init; }

    public bool Quiet { get; init; }
}
