namespace Plumb.Collectors.Metrics;

/// <summary>The samples of one metrics page.</summary>
/// <param name="Samples">In the order of the page.</param>
/// <param name="Kinds">What <c># TYPE</c> lines said, by name.</param>
/// <param name="SkippedLines">Lines that were no samples, or too many.</param>
public sealed record MetricsPage(
    IReadOnlyList<MetricSample> Samples,
    IReadOnlyDictionary<string, MetricKind> Kinds,
    int SkippedLines)
{
    /// <summary>The finite value of the only sample of this name without labels; null when there is none.</summary>
    public double? Value(string name)
    {
        foreach (MetricSample sample in Samples)
        {
            if (sample.Labels.Count == 0 && string.Equals(sample.Name, name, StringComparison.Ordinal))
            {
                return double.IsFinite(sample.Value) ? sample.Value : null;
            }
        }

        return null;
    }
}
