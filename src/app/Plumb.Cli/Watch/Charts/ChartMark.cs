using Spectre.Console;

namespace Plumb.Cli.Watch.Charts;

/// <summary>A moment that is marked in every chart.</summary>
/// <param name="At">When, in seconds since the beginning of the chart.</param>
/// <param name="Colour">Of the line.</param>
internal readonly record struct ChartMark(double At, Color Colour);
