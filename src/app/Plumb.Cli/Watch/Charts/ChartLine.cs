using Spectre.Console;

namespace Plumb.Cli.Watch.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Colour">Of the line and its mark in the legend.</param>
/// <param name="Values">One for each sample; NaN where it is not known.</param>
internal sealed record ChartLine(string Name, Color Colour, double[] Values)
{
    /// <summary>The newest value that is known.</summary>
    public double Latest => Values.LastOrDefault(double.IsFinite, double.NaN);

    public bool IsKnown => Array.Exists(Values, double.IsFinite);
}
