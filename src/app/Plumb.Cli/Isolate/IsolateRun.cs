using System.Globalization;
using Plumb.Cli.Isolate.Progress;
using Plumb.Cli.Leaks;
using Plumb.Cli.Loading;
using Plumb.Cli.Targets;
using Plumb.Collectors.Loading.Requests;
using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Isolation;
using Plumb.Leaks.Snapshots;

namespace Plumb.Cli.Isolate;

/// <summary>Makes the rounds that the search asks for, and has what was found judged.</summary>
internal sealed class IsolateRun
{
    private const int IdleSnapshots = 3;
    private const double EnoughHeapBytes = 16 << 20;
    private const int MostScaling = 40;
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(300);

    private readonly IsolateOptions _options;
    private readonly Func<SnapshotSeries, LeakFinderOptions, Diagnosis> _judge;
    private readonly LoadConsent _consent;
    private readonly IIsolateDisplay _display;
    private readonly TimeProvider _time;
    private readonly List<RoundRecord> _rounds = [];
    private readonly List<string> _notes = [];
    private readonly Dictionary<string, Diagnosis> _diagnoses = new(StringComparer.Ordinal);
    private IReadOnlyList<Route> _routes = [];
    private SignalNoise _noise = SignalNoise.Of([]);
    private RestingService _service = null!;
    private RoundLoad _load = null!;
    private Snapshot _last = null!;
    private int _sequence;

    public IsolateRun(
        IsolateOptions options,
        Func<SnapshotSeries, LeakFinderOptions, Diagnosis> judge,
        LoadConsent consent,
        IIsolateDisplay display,
        TimeProvider time)
    {
        _options = options;
        _judge = judge;
        _consent = consent;
        _display = display;
        _time = time;
    }

    /// <summary>Being stopped is no error: what is known until then is told.</summary>
    /// <exception cref="LeaksException">Nothing can be measured; the message says why.</exception>
    public async Task<IsolateOutcome> RunAsync(CancellationToken stop)
    {
        TargetAddress address = RunningService.AddressOf(_options.Target);
        long started = _time.GetTimestamp();
        using HttpTarget target = await RunningService.FindAsync(address, _options.Timeout, _time, stop).ConfigureAwait(false);
        Uri service = ServiceOf(address);
        RouteSources sources = await RouteSources.ReadAsync(_options, service, target, stop).ConfigureAwait(false);
        _routes = sources.Routes;
        _notes.AddRange(sources.Notes);
        var plan = new IsolatePlan(_routes.Count, _options);
        string words = string.Create(CultureInfo.InvariantCulture, $"{_options.Rate:0.##} requests a second, now and then for some seconds,");
        IReadOnlyCollection<string> hosts = await _consent.ObtainAsync(_routes.SelectMany(route => route.Requests).Select(request => request.Origin), words, stop).ConfigureAwait(false);
        _load = new RoundLoad(_routes, _options, hosts);
        _service = new RestingService(target, await RunningService.MetricsAsync(target, metrics: null, load: null, stop).ConfigureAwait(false), _time, _options.Settle);
        var isolation = new RouteIsolation(_routes.Count, _options.MaxRounds);
        _display.Start(address.ToString(), [.. _routes.Select(route => route.Name)], plan);
        bool wasStopped = !await SearchAsync(isolation, stop).ConfigureAwait(false);
        return Outcome(address, isolation.Result(), wasStopped, _time.GetElapsedTime(started));
    }

    private async Task<bool> SearchAsync(RouteIsolation isolation, CancellationToken stop)
    {
        try
        {
            await WarmUpAsync(stop).ConfigureAwait(false);
            while (isolation.Next() is { } round)
            {
                _display.Begin(round);
                RoundRecord record = await RoundAsync(round, stop).ConfigureAwait(false);
                isolation.Record(round, record.RequestsPerRoute, record.Readings);
                _rounds.Add(record);
                _display.End(record, isolation.Result());
            }

            await JudgeRestAsync(isolation.Result(), stop).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    // What is made once and kept (pools, caches of types, log buffers) is made here, and then the service is left alone to see how it moves.
    private async Task WarmUpAsync(CancellationToken stop)
    {
        _display.WarmUp();
        await _load.RunAsync([.. Enumerable.Range(0, _routes.Count)], _options.Requests, stop).ConfigureAwait(false);
        List<Snapshot> idle = [];
        for (int i = 0; i < IdleSnapshots; i++)
        {
            idle.Add(await SnapshotAsync(withText: false, stop).ConfigureAwait(false));
            await Task.Delay(s_idle, _time, stop).ConfigureAwait(false);
        }

        _last = idle[^1];
        if (_last.Heap is null && _last.Goroutine is null)
        {
            throw new LeaksException(_last.Notes is [.., var reason] ? reason : "the service gives no profile");
        }

        // The first of them still sees what the load has left to be collected.
        _noise = SignalNoise.Of(idle[1..]);
        _notes.AddRange(_last.Notes);
    }

    // A route that was found by halvings alone has no series yet.
    private async Task JudgeRestAsync(IsolationResult result, CancellationToken stop)
    {
        foreach (IReadOnlyList<int> routes in result.Leaking.Select(leak => leak.Routes).Where(routes => !_diagnoses.ContainsKey(Key(routes))))
        {
            _display.Judge(routes);
            await JudgedAsync(routes, _options.Requests * Scaling(routes, _options.Requests), stop).ConfigureAwait(false);
        }
    }

    private async Task<RoundRecord> RoundAsync(IsolationRound round, CancellationToken stop)
    {
        bool isJudged = round.Purpose == RoundPurpose.Confirmation;
        Snapshot before = _last;
        int requests = _options.Requests * round.Load;
        (int perRoute, long errors) = isJudged
            ? await JudgedAsync(round.Routes, requests * Scaling(round.Routes, requests), stop).ConfigureAwait(false)
            : await _load.RunAsync(round.Routes, requests, stop).ConfigureAwait(false);
        if (!isJudged)
        {
            _last = await SnapshotAsync(withText: false, stop).ConfigureAwait(false);
        }

        return new RoundRecord(round, perRoute, errors, RoundSignals.Between(before, _last, _noise, _options.MainModule));
    }

    // Loaded in slices, each with a snapshot behind it: a series that the leak finder can judge. What it cannot tell yet, because so few
    // points in so short a time may be a cache that fills, or a busy machine blurred them, it is shown more of.
    private async Task<(int PerRoute, long Errors)> JudgedAsync(IReadOnlyList<int> routes, int requests, CancellationToken stop)
    {
        LeakFinderOptions options = LeakFinderOptions.Default with { MainModule = _options.MainModule };
        List<Snapshot> series = [_last with { Metrics = WithRequests(_last) }];
        int perRoute = 0;
        long errors = 0;
        for (int slice = 1; slice <= IsolatePlan.MostSlices; slice++)
        {
            bool isAsked = slice >= IsolatePlan.Slices && slice % IsolatePlan.MoreSlices == 0;
            (int sent, long failed) = await _load.RunAsync(routes, Math.Max(1, requests / IsolatePlan.Slices), stop).ConfigureAwait(false);
            perRoute += sent;
            errors += failed;
            _last = await SnapshotAsync(withText: isAsked || slice is 1 or IsolatePlan.Slices / 2, stop).ConfigureAwait(false);
            series.Add(_last);
            if (isAsked && (_diagnoses[Key(routes)] = _judge(EvenlySpaced(series), options)).Findings.Count > 0)
            {
                break;
            }
        }

        return (perRoute, errors);
    }

    // Each slice is the same load, and how long the service rested after it is not its growth: by the clock the load would look uneven.
    private static SnapshotSeries EvenlySpaced(List<Snapshot> series)
    {
        DateTimeOffset from = series[0].At;
        TimeSpan slice = (series[^1].At - series[1].At) / (series.Count - 2);
        return new SnapshotSeries(series.Select((snapshot, i) => snapshot with { At = from + (i * slice) }));
    }

    // A heap profile keeps one allocation in 512 KiB: a small leak needs more requests before its line can be seen.
    private int Scaling(IReadOnlyList<int> routes, int requests)
    {
        RoundRecord? seen = _rounds.FindLast(one => routes.All(one.Round.Routes.Contains));
        if (seen?.Growth(SignalKind.HeapBytes) is not { } bytes || bytes <= 0 || seen.Growth(SignalKind.Goroutines) * 10 > seen.RequestsPerRoute)
        {
            return 1;
        }

        double perRequest = bytes / seen.RequestsPerRoute;
        double needed = EnoughHeapBytes / (perRequest * requests);
        return (int)Math.Clamp(Math.Ceiling(needed), 1, MostScaling);
    }

    private async Task<Snapshot> SnapshotAsync(bool withText, CancellationToken stop)
    {
        Snapshot snapshot = await _service.TakeAsync(_sequence++, withText, stop).ConfigureAwait(false);
        return snapshot with { Metrics = WithRequests(snapshot) };
    }

    private Dictionary<string, double> WithRequests(Snapshot snapshot) =>
        new(snapshot.Metrics) { [MetricNames.Requests] = _load.Requests };

    private IsolateOutcome Outcome(TargetAddress address, IsolationResult result, bool wasStopped, TimeSpan took)
    {
        _notes.AddRange(_load.FailingRoutes().Select(name => $"most requests to {name} failed: what it leaks when they succeed is not known"));
        return new IsolateOutcome
        {
            Target = address.ToString(),
            Routes = [.. _routes.Select(route => route.Name)],
            Leaking = [.. result.Leaking.Select(leak => RouteVerdict.Of(
                [.. leak.Routes.Select(route => _routes[route].Name)], leak.Signals, _diagnoses.GetValueOrDefault(Key(leak.Routes))))],
            Suspected = [.. result.Suspected.Select(route => _routes[route].Name)],
            IsComplete = result.IsComplete,
            Interrupted = wasStopped,
            Rounds = _rounds,
            Requests = _load.Requests,
            Took = took,
            Notes = [.. _notes.Distinct()],
        };
    }

    private static string Key(IReadOnlyList<int> routes) => string.Join(' ', routes);

    private Uri ServiceOf(TargetAddress address)
    {
        if (_options.Service is not { } text)
        {
            return address.Origin;
        }

        string absolute = text.Contains("://", StringComparison.Ordinal) ? text : text.StartsWith(':') ? "http://localhost" + text : "http://" + text;
        return Uri.TryCreate(absolute, UriKind.Absolute, out Uri? service) && service.Scheme is "http" or "https"
            ? service
            : throw new LeaksException($"'{text}' is not an http or https address", "Write it as http://localhost:8080.");
    }
}
