namespace Plumb.Collectors.Metrics;

/// <summary>One line of a Prometheus answer: <c>http_requests_total{code="200"} 17</c>.</summary>
/// <param name="Name">The name, with suffixes such as <c>_count</c>.</param>
/// <param name="Labels">In the order in which they were written; a name may appear once only.</param>
/// <param name="Value">Any double, NaN and infinities included.</param>
public sealed record MetricSample(string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value)
{
    /// <summary>The value of a label; null when the sample does not have it.</summary>
    public string? Label(string name)
    {
        foreach ((string key, string value) in Labels)
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }
}
