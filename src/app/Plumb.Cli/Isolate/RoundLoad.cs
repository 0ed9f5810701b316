using Plumb.Cli.Leaks;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Cli.Isolate;

/// <summary>Loads some of the routes equally, and lets go of all connections afterwards.</summary>
internal sealed class RoundLoad
{
    private readonly IReadOnlyList<Route> _routes;
    private readonly IsolateOptions _options;
    private readonly IReadOnlyCollection<string> _hosts;
    private readonly long[] _sent;
    private readonly long[] _failed;

    public RoundLoad(IReadOnlyList<Route> routes, IsolateOptions options, IReadOnlyCollection<string> hosts)
    {
        _routes = routes;
        _options = options;
        _hosts = hosts;
        _sent = new long[routes.Count];
        _failed = new long[routes.Count];
    }

    /// <summary>Requests that reached the service so far, in all rounds.</summary>
    public long Requests { get; private set; }

    /// <summary>Loads each of the routes with so many requests.</summary>
    /// <returns>How many each really got, and how many failed in all.</returns>
    /// <exception cref="LeaksException">The service cannot be reached.</exception>
    public async Task<(int PerRoute, long Errors)> RunAsync(IReadOnlyList<int> routes, int requests, CancellationToken stop)
    {
        List<(int Route, RequestTemplate Request)> mix =
            [.. routes.SelectMany(route => _routes[route].Requests.Select(request => (route, request.WithWeight(1.0 / _routes[route].Requests.Count))))];
        using var load = new LoadGenerator(
            new LoadOptions(RequestMix.Of([.. mix.Select(one => one.Request)]), _options.Rate)
            {
                Connections = _options.Connections,
                RequestTimeout = _options.Timeout,
                MaxRequests = (long)requests * routes.Count,
                AllowedHosts = _hosts,
            },
            TimeProvider.System);
        await load.RunAsync(stop).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        LoadReport report = load.Report;
        for (int i = 0; i < mix.Count; i++)
        {
            _sent[mix[i].Route] += report.Requests[i].Ended;
            _failed[mix[i].Route] += report.Requests[i].Errors;
        }

        Requests += report.Reached;
        if (report.Reached == 0)
        {
            throw new LeaksException("none of the requests reached the service", "Is it the right address? --service says where the routes are served.");
        }

        return ((int)Math.Max(1, Math.Round((double)report.Reached / routes.Count)), report.Errors);
    }

    /// <summary>Routes most of whose requests failed: what they leak in good health is not known.</summary>
    public IEnumerable<string> FailingRoutes() =>
        Enumerable.Range(0, _routes.Count).Where(route => _failed[route] * 2 > _sent[route]).Select(route => _routes[route].Name);
}
