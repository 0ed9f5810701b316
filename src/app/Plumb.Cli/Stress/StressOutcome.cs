using Plumb.Collectors.Loading;

namespace Plumb.Cli.Stress;

/// <summary>A finished load.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Report">What was done.</param>
/// <param name="Interrupted">Whether Ctrl-C ended it.</param>
/// <param name="ClientCpu">What the load itself cost this machine.</param>
/// <param name="Notes">What was left out.</param>
internal sealed record StressOutcome(StressOptions Options, LoadReport Report, bool Interrupted, TimeSpan ClientCpu, IReadOnlyList<string> Notes)
{
    public double ErrorPercent => Report.Ended == 0 ? 0 : 100.0 * Report.Errors / Report.Ended;

    /// <summary>Whether few enough requests failed; a load without any request passed nothing.</summary>
    public bool Passed => Report.Ended > 0 && ErrorPercent <= Options.MaxErrorPercent;
}
