using System.Net;
using Plumb.Cli.Leaks;
using Plumb.Collectors.Processes;
using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;

namespace Plumb.Cli.Targets;

/// <summary>Finds the service that a command line names, and where its figures are.</summary>
internal static class RunningService
{
    public static TargetAddress AddressOf(string target) =>
        TargetAddress.TryParse(target, out TargetAddress? address, out string? problem) ? address : throw new LeaksException(problem);

    /// <exception cref="LeaksException">Nothing answers there; the message says why.</exception>
    public static async Task<HttpTarget> FindAsync(TargetAddress address, TimeSpan timeout, TimeProvider time, CancellationToken stop) =>
        await HttpTarget.FindAsync(address, TargetLimits.Default with { Deadline = timeout }, time, stop).ConfigureAwait(false) switch
        {
            TargetFound found => found.Target,
            TargetMissing missing => throw new LeaksException(missing.Failure.ToString(), missing.Failure.Advice),
            _ => throw new InvalidOperationException(),
        };

    /// <summary>The kernel's figures, where the service runs on this machine; its own metrics page fills what is left.</summary>
    /// <param name="target">The service.</param>
    /// <param name="metrics">Its metrics page: an address, or a path on the target; null for <c>/metrics</c>.</param>
    /// <param name="load">What a load of our own counts, which is exact and goes before both; null without one.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="process">The number of the process, where that is how the service was named.</param>
    public static async Task<IMetricsSource> MetricsAsync(HttpTarget target, string? metrics, IMetricsSource? load, CancellationToken stop, int? process = null)
    {
        List<IMetricsSource> sources = load is null ? [] : [load];
        if (process is { } pid)
            return new CombinedMetricsSource([.. sources, new ProcessMetricsSource(new ProcFolder(), pid), PrometheusMetricsSource.OfRuntime(target)]);

        Uri origin = target.Address.Origin;
        IReadOnlyCollection<IPAddress> own = await LocalAddresses.OfAsync(origin.Host, stop).ConfigureAwait(false);
        if (own.Count > 0)
        {
            sources.Add(new ProcessMetricsSource(new ProcFolder(), own, origin.Port));
        }

        sources.Add(new PrometheusMetricsSource(target, PageOf(origin, metrics)));
        sources.Add(PrometheusMetricsSource.OfRuntime(target));
        return new CombinedMetricsSource(sources);
    }

    private static Uri PageOf(Uri origin, string? metrics) =>
        Uri.TryCreate(origin, metrics ?? "/metrics", out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new LeaksException("--metrics wants an http or https address, or a path on the target");
}
