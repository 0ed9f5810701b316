using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Targets;
using Plumb.Cli.Watch.Displays;
using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;
using Plumb.Collectors.Watching;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Watch;

/// <summary>Looks at a service again and again, judges what grows, and captures evidence when it is time to.</summary>
internal sealed class WatchRun
{
    // Of snapshots in their packed form; unpacked they are ten to twenty times as large.
    private const long MostSnapshotBytes = 64L << 20;
    private const int RestAfterSnapshot = 20;
    private const int MostNotes = 50;
    private static readonly TimeSpan s_soonest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_latest = TimeSpan.FromMinutes(1);

    private readonly WatchOptions _options;
    private readonly IWatchDisplay _display;
    private readonly TimeProvider _time;
    private readonly GrowthWatch _growth;
    private readonly Alarm _alarm;
    private readonly Dictionary<int, Capture> _captures = [];
    private readonly HashSet<string> _noted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly List<string> _folders = [];
    private readonly TaskCompletionSource _quit = new();
    private Task<WatchedGrowth> _judging = Task.FromResult(WatchedGrowth.Unknown);
    private Task<EvidenceResult>? _capturing;
    private WatchedGrowth _known = WatchedGrowth.Unknown;
    private WatchSample? _last;
    private WatchState _state = null!;
    private EvidenceCapture _evidence = null!;
    private int _sequence;
    private long _snapshotDue;
    private volatile bool _wantsCapture;

    public WatchRun(WatchOptions options, Func<SnapshotSeries, LeakFinderOptions, Diagnosis> judge, IWatchDisplay display, TimeProvider time)
    {
        _options = options;
        _display = display;
        _time = time;
        _growth = new GrowthWatch(judge, LeakFinderOptions.Default with { MainModule = options.MainModule });
        _alarm = new Alarm(options.Alarms);
    }

    /// <summary>Asks for a capture at the next look; may be called from any thread.</summary>
    public void RequestCapture() => _wantsCapture = true;

    /// <summary>Ends the watch as Ctrl-C does; may be called from any thread.</summary>
    public void RequestEnd() => _quit.TrySetResult();

    /// <summary>Being stopped is how a watch ends.</summary>
    /// <exception cref="LeaksException">There is nothing to watch; the message says why.</exception>
    public async Task<WatchOutcome> RunAsync(CancellationToken stop)
    {
        TargetAddress address = RunningService.AddressOf(_options.Target);
        using HttpTarget target = await RunningService.FindAsync(address, _options.Timeout, _time, stop).ConfigureAwait(false);
        IMetricsSource metrics = await RunningService.MetricsAsync(target, _options.Metrics, load: null, stop).ConfigureAwait(false);
        var sampler = new WatchSampler(target, metrics, _time);
        var recorder = new SeriesRecorder(target, metrics, _time);
        _evidence = new EvidenceCapture(_options, address, _time);
        _state = new WatchState(address.ToString(), _time.GetUtcNow());
        long started = _time.GetTimestamp();
        _snapshotDue = started;
        _display.Start(_state, _options);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _ = _quit.Task.ContinueWith(_ => end.Cancel(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            using var timer = new PeriodicTimer(_options.Every, _time);
            do
            {
                await LookAsync(sampler, recorder, started, end.Token).ConfigureAwait(false);
            }
            while (!(_time.GetElapsedTime(started) >= _options.Duration) && await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }

        await EndAsync(end).ConfigureAwait(false);
        return new WatchOutcome(_state.View(), _time.GetElapsedTime(started), _folders);
    }

    private async Task LookAsync(WatchSampler sampler, SeriesRecorder recorder, long started, CancellationToken stop)
    {
        WatchSample sample = await sampler.TakeAsync(stop).ConfigureAwait(false);
        sample = _options.MemoryLimitBytes is { } limit ? sample with { MemoryLimitBytes = limit } : sample;
        Observe(sample);
        if (sample.IsAnswered && _time.GetTimestamp() >= _snapshotDue)
        {
            await SnapshotAsync(recorder, started, stop).ConfigureAwait(false);
        }

        await TakeResultsAsync().ConfigureAwait(false);
        foreach (AlarmReason reason in _alarm.Check(WatchFigures.Levels(sample), _known))
        {
            Capture(reason.Subject, AlarmText.Of(reason), stop);
        }

        if (_wantsCapture)
        {
            _wantsCapture = false;
            Capture("asked", "asked for", stop);
        }
    }

    private void Observe(WatchSample sample)
    {
        if (_last is { } before)
        {
            if (before.IsAnswered && !sample.IsAnswered)
            {
                Tell(WatchEventKind.Lost, sample.Notes is [.., var reason] ? $"no answer: {reason}" : "no answer");
            }
            else if (!before.IsAnswered && sample.IsAnswered)
            {
                Tell(WatchEventKind.Back, "it answers again");
            }

            if (sample.IsRestartAfter(before))
            {
                Tell(WatchEventKind.Restart, "the process was started anew");
            }
        }

        // Of a service that has gone, its last process is compared with the next one.
        _last = sample.IsAnswered || _last is null ? sample : _last with { IsAnswered = false };
        if (sample.IsAnswered)
        {
            Note(sample.Notes);
        }

        _state.Add(sample);
        _display.Show(sample);
    }

    private async Task SnapshotAsync(SeriesRecorder recorder, long started, CancellationToken stop)
    {
        long begun = _time.GetTimestamp();
        Capture capture = await recorder.TakeAsync(_sequence++, withText: false, stop).ConfigureAwait(false);
        TimeSpan took = _time.GetElapsedTime(begun);
        TimeSpan grown = _time.GetElapsedTime(started) / 60;
        // A large service is not to spend its time on being looked at, unless that was asked for.
        TimeSpan every = _options.SnapshotEvery
            ?? TimeSpan.FromTicks(Math.Max(took.Ticks * RestAfterSnapshot, Math.Clamp(grown.Ticks, s_soonest.Ticks, s_latest.Ticks)));
        // The look at which it is due comes a little early or late.
        _snapshotDue = begun + (long)((every - (_options.Every / 2)).TotalSeconds * _time.TimestampFrequency);
        Note(capture.Notes);
        if (!capture.HasProfile)
        {
            return;
        }

        if (_options.MemoryLimitBytes is { } limit)
        {
            capture = capture with { Metrics = new Dictionary<string, double>(capture.Metrics) { [MetricNames.MemoryLimitBytes] = limit } };
        }

        await JudgeAsync(capture).ConfigureAwait(false);
    }

    private async Task JudgeAsync(Capture capture)
    {
        // What judges reads what would be added to.
        Accept(await _judging.ConfigureAwait(false));
        Snapshot snapshot = SnapshotDecoder.Decode(capture);
        Note(snapshot.Notes);
        _growth.Add(snapshot);
        long size = (capture.Heap?.Length ?? 0) + (capture.Goroutine?.Length ?? 0);
        _growth.Shrink((int)Math.Min(GrowthWatch.MostPoints, MostSnapshotBytes / Math.Max(1, size)));
        _captures[capture.Sequence] = capture;
        HashSet<int> kept = [.. _growth.Kept.Select(one => one.Seq)];
        foreach (int dropped in _captures.Keys.Where(sequence => !kept.Contains(sequence)).ToList())
        {
            _captures.Remove(dropped);
        }

        _state.CountSnapshot();
        _judging = Task.Run(_growth.Judge);
    }

    private async Task TakeResultsAsync()
    {
        if (_judging.IsCompleted)
        {
            Accept(await _judging.ConfigureAwait(false));
        }

        if (_capturing is { IsCompleted: true } done)
        {
            Finish(await done.ConfigureAwait(false));
        }
    }

    private void Accept(WatchedGrowth growth)
    {
        _known = growth;
        _state.Set(growth);
        foreach (WatchedLeak leak in growth.Leaks.Where(leak => _told.Add($"{leak.Finding.Function} {leak.Finding.Title}")))
        {
            string place = leak.Finding.File is { } file && leak.Finding.Line > 0 ? $" {Phrases.Place(Phrases.ShortPath(file), leak.Finding.Line)}" : "";
            Tell(WatchEventKind.Leak, $"{leak.Finding.Function}{place} leaks: {Phrases.Growth(leak.Finding)}", finding: leak.Finding);
        }
    }

    private void Capture(string subject, string reason, CancellationToken stop)
    {
        if (_capturing is not null || _folders.Count >= _options.MostCaptures)
        {
            Tell(WatchEventKind.Note, _capturing is null ? $"{reason}; no more captures (--captures)" : $"{reason}; a capture is under way already");
            return;
        }

        string folder = Path.Combine(_options.CaptureTo, CaptureName.Of(_time.GetUtcNow(), subject));
        Tell(WatchEventKind.Capture, $"{reason}: capturing", folder);
        _folders.Add(folder);
        _state.SetCapturing(true);
        List<Capture> snapshots = [.. _captures.Values.OrderBy(capture => capture.Sequence)];
        WatchView view = _state.View();
        _capturing = Task.Run(() => _evidence.TakeAsync(folder, reason, snapshots, view, stop), CancellationToken.None);
    }

    private void Finish(EvidenceResult result)
    {
        _capturing = null;
        _state.SetCapturing(false);
        Tell(WatchEventKind.Captured, result.Missing is { } missing ? $"evidence is in {result.Folder}, but for: {missing}" : $"evidence is in {result.Folder}", result.Folder);
    }

    // A capture that is under way is told to stop, and leaves what it has.
    private async Task EndAsync(CancellationTokenSource end)
    {
        if (_options.Duration is null || end.IsCancellationRequested)
        {
            await end.CancelAsync().ConfigureAwait(false);
        }

        if (_capturing is { } capturing)
        {
            Finish(await capturing.ConfigureAwait(false));
        }

        Accept(await _judging.ConfigureAwait(false));
    }

    // What is wrong with one look is usually wrong with the next: it is said once.
    private void Note(IReadOnlyList<string> notes)
    {
        foreach (string note in notes)
        {
            if (_noted.Count < MostNotes && _noted.Add(note))
            {
                Tell(WatchEventKind.Note, note);
            }
        }
    }

    private void Tell(WatchEventKind kind, string text, string? folder = null, Finding? finding = null)
    {
        var happened = new WatchEvent(_time.GetUtcNow(), kind, text) { Folder = folder, Finding = finding };
        _state.Add(happened);
        _display.Tell(happened);
    }
}
