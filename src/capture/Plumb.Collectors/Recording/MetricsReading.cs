using Plumb.Leaks.Snapshots;

namespace Plumb.Collectors.Recording;

/// <summary>Figures of one moment by <see cref="MetricNames"/>, and what should be known about them.</summary>
public sealed record MetricsReading(IReadOnlyDictionary<string, double> Values, IReadOnlyList<string> Notes)
{
    public static MetricsReading Empty { get; } = new(new Dictionary<string, double>(), []);
}
