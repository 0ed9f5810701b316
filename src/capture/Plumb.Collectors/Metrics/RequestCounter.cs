namespace Plumb.Collectors.Metrics;

/// <summary>Finds in a metrics page how many requests a service has served since it started.</summary>
/// <remarks>
/// The first of these that the page has decides, and all its samples are added up:
/// <list type="number">
/// <item>a counter of requests by one of the well-known names (<see cref="Counters"/>);</item>
/// <item>the <c>_count</c> of a well-known duration histogram (<see cref="Durations"/>);</item>
/// <item>the alphabetically first metric that ends with <c>_http_requests_total</c>, then <c>_request_duration_seconds_count</c>: the
/// same with a service's own prefix.</item>
/// </list>
/// Samples whose path label is that of a monitoring endpoint are left out: reading profiles would otherwise count as traffic.
/// </remarks>
public static class RequestCounter
{
    /// <summary>Well-known counters, in order of preference.</summary>
    public static IReadOnlyList<string> Counters { get; } =
    [
        "http_requests_total",
        "http_server_requests_total",
        "http_requests_received_total",
        "gin_requests_total",
        "echo_requests_total",
        "grpc_server_handled_total",
    ];

    /// <summary>Well-known histograms and summaries of request durations, in order of preference.</summary>
    public static IReadOnlyList<string> Durations { get; } =
    [
        "http_server_request_duration_seconds_count",
        "http_request_duration_seconds_count",
        "http_request_duration_milliseconds_count",
        "http_server_requests_seconds_count",
        "http_server_duration_milliseconds_count",
        "gin_request_duration_seconds_count",
        "echo_request_duration_seconds_count",
        "rpc_server_duration_milliseconds_count",
    ];

    private static readonly string[] s_suffixes = ["_http_requests_total", "_request_duration_seconds_count"];

    private static readonly string[] s_pathLabels = ["handler", "path", "route", "url", "uri", "endpoint", "http_route"];

    /// <summary>The number of requests so far; null when the page has no such counter.</summary>
    public static double? Read(MetricsPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return Name(page) is { } name ? Sum(page, name) : null;
    }

    private static string? Name(MetricsPage page)
    {
        HashSet<string> names = [.. page.Samples.Select(sample => sample.Name)];
        return Counters.Concat(Durations).FirstOrDefault(names.Contains)
            ?? s_suffixes
                .Select(suffix => names.Where(name => name.EndsWith(suffix, StringComparison.Ordinal)).Min(StringComparer.Ordinal))
                .FirstOrDefault(name => name is not null);
    }

    private static double Sum(MetricsPage page, string name)
    {
        double sum = 0;
        foreach (MetricSample sample in page.Samples)
        {
            if (string.Equals(sample.Name, name, StringComparison.Ordinal) && double.IsFinite(sample.Value) && !IsMonitoring(sample))
            {
                sum += sample.Value;
            }
        }

        return sum;
    }

    private static bool IsMonitoring(MetricSample sample) =>
        s_pathLabels.Any(label => sample.Label(label) is { } path
            && (path.StartsWith("/debug/pprof", StringComparison.Ordinal) || path.StartsWith("/metrics", StringComparison.Ordinal)));
}
