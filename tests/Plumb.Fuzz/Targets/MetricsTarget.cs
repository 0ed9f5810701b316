using Plumb.Collectors.Metrics;

namespace Plumb.Fuzz.Targets;

/// <summary>Pages of metrics, which are never refused.</summary>
internal sealed class MetricsTarget : FuzzTarget
{
    public override string Name => "metrics";

    public override bool Read(byte[] input) => PrometheusText.Parse(input).Samples.Count >= 0;
}
