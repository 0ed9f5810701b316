namespace Plumb.Collectors.Recording;

/// <summary>Several sources as one; where two tell the same figure, the earlier one is believed.</summary>
public sealed class CombinedMetricsSource : IMetricsSource
{
    private readonly IReadOnlyList<IMetricsSource> _sources;

    public CombinedMetricsSource(IReadOnlyList<IMetricsSource> sources) => _sources = sources;

    public async Task<MetricsReading> ReadAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        List<string> notes = [];
        foreach (IMetricsSource source in _sources)
        {
            MetricsReading reading = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
            notes.AddRange(reading.Notes);
            foreach ((string name, double value) in reading.Values)
            {
                values.TryAdd(name, value);
            }
        }

        return new MetricsReading(values, notes);
    }
}
