namespace Plumb.Collectors.Metrics;

/// <summary>What a <c># TYPE</c> line says about a metric.</summary>
public enum MetricKind
{
    Untyped,
    Counter,
    Gauge,
    Histogram,
    Summary,
}
