namespace Plumb.Web.Leaks;

/// <summary>When a resource runs out if it goes on growing.</summary>
/// <param name="Text">All of it in a sentence.</param>
/// <param name="Unit">"bytes" or "count".</param>
/// <param name="LimitName">What stops it.</param>
/// <param name="Current">The level at the end of what was seen.</param>
/// <param name="PerSecond">Growth.</param>
/// <param name="Seconds">From then until the limit.</param>
/// <param name="Earliest">The early end of the band, in seconds.</param>
/// <param name="Latest">The late end; null when it is open.</param>
public sealed record LeakForecast(
    string Text, string Unit, string LimitName, double Limit, double Current, double PerSecond, double Seconds, double Earliest, double? Latest);
