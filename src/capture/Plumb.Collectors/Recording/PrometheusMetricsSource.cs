using Plumb.Collectors.Metrics;
using Plumb.Collectors.Targets;
using Plumb.Leaks.Snapshots;

namespace Plumb.Collectors.Recording;

/// <summary>Metrics from a Prometheus page of the service: <c>process_*</c>, <c>go_*</c>, some of <c>dotnet_*</c>, and the request counter.</summary>
public sealed class PrometheusMetricsSource : IMetricsSource
{
    // What client libraries write, and the name that it has in a series.
    private static readonly (string Theirs, string Ours)[] s_known =
    [
        ("process_resident_memory_bytes", MetricNames.RssBytes),
        ("process_cpu_seconds_total", MetricNames.CpuSeconds),
        ("process_open_fds", MetricNames.Descriptors),
        ("process_max_fds", MetricNames.DescriptorLimit),
        ("process_start_time_seconds", MetricNames.StartTimeSeconds),
        ("go_threads", MetricNames.Threads),
        ("go_gc_gogc_percent", MetricNames.GoGcPercent),
        ("go_gc_gomemlimit_bytes", MetricNames.GoMemoryLimitBytes),
        ("dotnet_gc_committed_bytes", MetricNames.DotNetCommittedBytes),
        ("dotnet_jit_methods_total", MetricNames.DotNetCompiledMethods),
    ];

    private readonly HttpTarget _target;
    private readonly Uri _address;
    private bool _hasAnswered;
    private bool _givenUp;

    public PrometheusMetricsSource(HttpTarget target, Uri address)
    {
        _target = target;
        _address = address;
    }

    /// <summary>What a .NET service tells of its runtime, among its profiles; a Go service has no such page.</summary>
    public static PrometheusMetricsSource OfRuntime(HttpTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new PrometheusMetricsSource(target, new Uri(target.Base, "stats"));
    }

    public async Task<MetricsReading> ReadAsync(CancellationToken cancellationToken)
    {
        if (_givenUp)
        {
            return MetricsReading.Empty;
        }

        FetchResult result = await _target.FetchAsync(_address, cancellationToken).ConfigureAwait(false);
        if (result is FetchedBody body)
        {
            _hasAnswered = true;
            return new MetricsReading(Values(PrometheusText.Parse(body.Bytes.Span)), []);
        }

        // Most services have no such page: that is no failure, and not worth asking again. Nor is a page that hangs; every snapshot
        // would wait for it.
        _givenUp = !_hasAnswered && result is not ErrorStatus { MayRecover: true };
        return _hasAnswered ? MetricsReading.Empty with { Notes = [result.ToString()] } : MetricsReading.Empty;
    }

    internal static Dictionary<string, double> Values(MetricsPage page)
    {
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        foreach ((string theirs, string ours) in s_known)
        {
            if (page.Value(theirs) is { } value)
            {
                values[ours] = value;
            }
        }

        foreach (MetricSample sample in page.Samples)
        {
            if (sample.Labels.Count == 0 && double.IsFinite(sample.Value) && sample.Name.StartsWith("go_", StringComparison.Ordinal))
            {
                values[sample.Name] = sample.Value;
            }
        }

        if (RequestCounter.Read(page) is { } requests)
        {
            values[MetricNames.Requests] = requests;
        }

        return values;
    }
}
