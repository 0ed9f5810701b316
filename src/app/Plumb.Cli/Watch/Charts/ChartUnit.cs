namespace Plumb.Cli.Watch.Charts;

/// <summary>What the values of a chart are.</summary>
internal enum ChartUnit
{
    Count,
    Bytes,
    Seconds,
    Cores,
}
