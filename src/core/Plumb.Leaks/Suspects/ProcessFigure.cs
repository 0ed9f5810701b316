using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Suspects;

/// <summary>A figure of the whole process with its judgement.</summary>
/// <param name="Name">The metric's name: <c>rss_bytes</c>, <c>fds.socket</c>, <c>goroutines</c>, <c>heap_live_bytes</c>.</param>
/// <param name="Resource">One of <see cref="ResourceNames"/>.</param>
internal sealed record ProcessFigure(string Name, string Resource, GrowthSeries Series, GrowthResult Growth)
{
    /// <summary>The judgement of what a runtime does not explain of it; null where no runtime tells.</summary>
    public GrowthResult? Unexplained { get; init; }
}
