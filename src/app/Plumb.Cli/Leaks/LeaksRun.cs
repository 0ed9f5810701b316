using Plumb.Cli.Leaks.Progress;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Leaks.Sources;
using Plumb.Cli.Processes;
using Plumb.Cli.Targets;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;

namespace Plumb.Cli.Leaks;

/// <summary>From options to a diagnosis: reads or takes a series, and has it judged.</summary>
internal sealed class LeaksRun
{
    private readonly LeaksOptions _options;
    private readonly Func<SnapshotSeries, LeakFinderOptions, Diagnosis> _judge;
    private readonly IProgressDisplay _progress;
    private readonly TimeProvider _time;

    public LeaksRun(
        LeaksOptions options,
        Func<SnapshotSeries, LeakFinderOptions, Diagnosis> judge,
        IProgressDisplay progress,
        TimeProvider time)
    {
        _options = options;
        _judge = judge;
        _progress = progress;
        _time = time;
    }

    /// <summary>Being stopped is no error: what was seen until then is judged.</summary>
    /// <exception cref="LeaksException">There is nothing to judge; the message says why.</exception>
    public Task<LeaksOutcome> RunAsync(CancellationToken stop) =>
        _options.ProcessId is { } pid ? JudgeProcessAsync(pid, stop)
        : Directory.Exists(_options.Target) ? Task.FromResult(JudgeSaved())
        : File.Exists(_options.Target) ? Task.FromResult(JudgeFile())
        : JudgeLiveAsync(stop);

    private LeaksOutcome JudgeSaved()
    {
        if (_options.Load is not null || _options.Save is not null)
        {
            throw new LeaksException($"{_options.Target} is a saved series: --load and --save need a running service");
        }

        try
        {
            SeriesReading reading = SeriesReader.Read(_options.Target, SeriesLimits.Default, CancellationToken.None);
            List<Snapshot> snapshots = [.. reading.Captures.Select(Decode)];
            Diagnosis diagnosis = Judge(snapshots, snapshots.SelectMany(snapshot => snapshot.Notes).LastOrDefault());
            return Outcome(_options.Target, snapshots, diagnosis with { Notes = [.. reading.Notes, .. diagnosis.Notes] }, load: null);
        }
        catch (SeriesFormatException wrong)
        {
            throw new LeaksException(wrong.Message, "A saved series is what 'plumb leaks TARGET --save DIR' writes.");
        }
    }

    private LeaksOutcome JudgeFile()
    {
        if (_options.Load is not null || _options.Save is not null)
        {
            throw new LeaksException($"{_options.Target} is a file: --load and --save need a running service");
        }

        List<Snapshot> snapshots = [SingleFile.Read(_options.Target)];
        return Outcome(_options.Target, snapshots, _judge(new SnapshotSeries(snapshots), LeakFinderOptions.Default with { MainModule = _options.MainModule }), load: null);
    }

    private Task<LeaksOutcome> JudgeLiveAsync(CancellationToken stop) => JudgeLiveAsync(RunningService.AddressOf(_options.Target), stop);

    private async Task<LeaksOutcome> JudgeProcessAsync(int pid, CancellationToken stop)
    {
        await using ProcessTarget process = await ProcessTarget.AttachAsync("leaks", pid, stop).ConfigureAwait(false);
        return await JudgeLiveAsync(process.Address, stop).ConfigureAwait(false);
    }

    private async Task<LeaksOutcome> JudgeLiveAsync(TargetAddress address, CancellationToken stop)
    {
        using HttpTarget target = await FindAsync(address, stop).ConfigureAwait(false);
        using LoadGenerator? load = _options.Load is { } text ? new LoadGenerator(LoadOptionsOf(text, address), _time) : null;
        IMetricsSource metrics = await RunningService.MetricsAsync(target, _options.Metrics, load is null ? null : new LoadMetricsSource(load), stop, _options.ProcessId).ConfigureAwait(false);
        using SeriesWriter? writer = OpenWriter();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task loading = load?.RunAsync(end.Token) ?? Task.CompletedTask;
        // A load that is refused is refused at once, before anything is watched in vain.
        await Task.WhenAny(loading, Task.Delay(TimeSpan.FromMilliseconds(20), _time, CancellationToken.None)).ConfigureAwait(false);
        ThrowIfRefused(loading);

        List<Snapshot> snapshots = [];
        string? lastNote = null;
        _progress.Start(target.Base.AbsoluteUri, _options.Plan, load);
        await foreach (Capture capture in new SeriesRecorder(target, metrics, _time).CaptureAsync(_options.Plan, stop).ConfigureAwait(false))
        {
            Save(writer, capture);
            Snapshot snapshot = Decode(capture);
            lastNote = snapshot.Notes.Count > 0 ? snapshot.Notes[^1] : lastNote;
            _progress.Add(snapshot);
            if (capture.HasProfile)
            {
                snapshots.Add(snapshot);
            }
        }

        LoadReport? report = load?.Report;
        await end.CancelAsync().ConfigureAwait(false);
        await loading.ConfigureAwait(false);
        _progress.Judge();
        return Outcome(address.ToString(), snapshots, Judge(snapshots, lastNote), report) with { Settings = SettingsOf() };
    }

    private LeaksOutcome Outcome(string target, List<Snapshot> snapshots, Diagnosis diagnosis, LoadReport? load) => new(target, diagnosis, load)
    {
        StartedAt = snapshots[0].At,
        Series = new SnapshotSeries(snapshots),
        // A second pass over all stacks, for the only report that shows it.
        Growth = _options.Outputs.Wants(ReportFormat.Html)
            ? StackGrowth.Of(new SnapshotSeries(snapshots), LeakFinderOptions.Default.MaxStacks, _options.MainModule)
            : StackGrowth.None,
    };

    private RunSettings SettingsOf() => new(_options.Plan.Every, _options.Plan.Snapshots)
    {
        Load = _options.Load is { } address ? new LoadSettings(address, _options.Rate, _options.Connections) : null,
    };

    private async Task<HttpTarget> FindAsync(TargetAddress address, CancellationToken stop)
    {
        try
        {
            return await RunningService.FindAsync(address, _options.Timeout, _time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new LeaksException("stopped before the first snapshot: there is nothing to judge");
        }
    }

    private LoadOptions LoadOptionsOf(string text, TargetAddress address)
    {
        bool isPath = text.StartsWith('/');
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
        if (!isPath && !isAddress)
        {
            throw new LeaksException("--load wants an http or https address, or a path on the target that begins with /");
        }

        if (isPath && _options.ProcessId is not null)
        {
            throw new LeaksException("--load wants a whole address with --pid: http://localhost:8080/checkout");
        }

        return new LoadOptions(isPath ? new Uri(address.Origin, text) : uri!, _options.Rate)
        {
            Connections = _options.Connections,
            AllowRemote = _options.AllowRemoteLoad,
        };
    }

    private SeriesWriter? OpenWriter()
    {
        if (_options.Save is not { } folder)
        {
            return null;
        }

        try
        {
            return SeriesWriter.Create(folder);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new LeaksException($"the series cannot be saved: {failed.Message}");
        }
    }

    private static void Save(SeriesWriter? writer, Capture capture)
    {
        try
        {
            writer?.Append(capture);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new LeaksException($"snapshot {capture.Sequence} cannot be saved: {failed.Message}");
        }
    }

    private static void ThrowIfRefused(Task loading)
    {
        if (loading.Exception?.InnerException is LoadRefusedException refused)
        {
            throw new LeaksException(refused.Message, "--allow-remote-load allows it.");
        }
    }

    private Snapshot Decode(Capture capture)
    {
        if (_options.MemoryLimitBytes is { } limit)
        {
            capture = capture with { Metrics = new Dictionary<string, double>(capture.Metrics) { [MetricNames.MemoryLimitBytes] = limit } };
        }

        return SnapshotDecoder.Decode(capture);
    }

    private Diagnosis Judge(List<Snapshot> snapshots, string? lastNote)
    {
        if (!snapshots.Any(snapshot => snapshot.Heap is not null || snapshot.Goroutine is not null))
        {
            throw new LeaksException(lastNote ?? "stopped before the first snapshot: there is nothing to judge");
        }

        LeakFinderOptions options = LeakFinderOptions.Default with { MainModule = _options.MainModule };
        return _judge(new SnapshotSeries(snapshots), options);
    }
}
