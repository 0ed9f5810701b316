using Plumb.Collectors.Loading;
using Plumb.Leaks.Snapshots;

namespace Plumb.Collectors.Recording;

/// <summary>The requests that Plumb's own load has brought to the service.</summary>
public sealed class LoadMetricsSource : IMetricsSource
{
    private readonly LoadGenerator _load;

    public LoadMetricsSource(LoadGenerator load) => _load = load;

    public Task<MetricsReading> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new MetricsReading(new Dictionary<string, double> { [MetricNames.Requests] = _load.Report.Reached }, []));
}
