using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering;

namespace Plumb.Cli.Compare;

/// <summary>What <c>plumb compare</c> was asked to do.</summary>
internal sealed record CompareOptions
{
    /// <summary>The stable one: how its series is read or taken.</summary>
    public required LeaksOptions Old { get; init; }

    /// <summary>The candidate.</summary>
    public required LeaksOptions New { get; init; }

    /// <summary>By how much costs of the whole process may rise, as a share.</summary>
    public double Tolerance { get; init; } = 0.1;

    public ReportOutputs Outputs { get; init; } = ReportOutputs.Terminal;

    public bool NoColor { get; init; }

    public bool Quiet { get; init; }
}
