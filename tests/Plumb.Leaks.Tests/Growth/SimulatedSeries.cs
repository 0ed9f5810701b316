using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Tests.Growth;

/// <summary>A made-up series whose truth is known.</summary>
internal sealed record SimulatedSeries(GrowthSeries Series, LoadTimeline Timeline);
