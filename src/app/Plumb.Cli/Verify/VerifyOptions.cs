using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering;

namespace Plumb.Cli.Verify;

/// <summary>What <c>plumb verify</c> was asked to do.</summary>
internal sealed record VerifyOptions
{
    /// <summary>The earlier report.</summary>
    public required EarlierReport Report { get; init; }

    /// <summary>How the new series is read or taken.</summary>
    public required LeaksOptions Series { get; init; }

    public ReportOutputs Outputs { get; init; } = ReportOutputs.Terminal;
}
