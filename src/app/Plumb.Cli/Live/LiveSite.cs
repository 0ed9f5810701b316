using Plumb.Cli.Leaks;
using Plumb.Cli.Pprof;
using Plumb.Cli.Targets;
using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;
using Plumb.Collectors.Watching;
using Plumb.Web.Live;

namespace Plumb.Cli.Live;

/// <summary>The live page beside another command: looks at the service each second, whatever that command does meanwhile.</summary>
internal sealed class LiveSite : IAsyncDisposable
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private readonly string _target;
    private readonly TimeSpan _timeout;
    private readonly string? _metrics;
    private Task _looking = Task.CompletedTask;

    /// <param name="title">Of the service.</param>
    /// <param name="target">The service, as the user named it.</param>
    /// <param name="timeout">How long one of its answers may take.</param>
    /// <param name="metrics">Where its metrics page is; null for the usual place.</param>
    /// <param name="sources">Folders below which source files may be shown, besides the current one.</param>
    public LiveSite(string title, string target, TimeSpan timeout, string? metrics, IEnumerable<string> sources)
    {
        _target = target;
        _timeout = timeout;
        _metrics = metrics;
        Captures = new CapturedProfiles(target, timeout, sources, PprofHost.OfProcess(Stream.Null, TextWriter.Null));
        Session = new LiveSession(title) { CaptureKinds = [.. CapturedProfiles.Kinds], Capture = Captures.TakeAsync };
    }

    public LiveSession Session { get; }

    public CapturedProfiles Captures { get; }

    /// <summary>Begins to look. What cannot be looked at is told on the page, and ends nothing.</summary>
    public void Begin() => _looking = Task.Run(LookAsync);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(false);
        Captures.Dispose();
        _end.Dispose();
    }

    private async Task LookAsync()
    {
        try
        {
            using HttpTarget target = await RunningService.FindAsync(RunningService.AddressOf(_target), _timeout, TimeProvider.System, _end.Token).ConfigureAwait(false);
            IMetricsSource metrics = await RunningService.MetricsAsync(target, _metrics, load: null, _end.Token).ConfigureAwait(false);
            var sampler = new WatchSampler(target, metrics, TimeProvider.System);
            var changes = new LiveChanges(Session);
            using var timer = new PeriodicTimer(s_every);
            do
            {
                changes.Add(await sampler.TakeAsync(_end.Token).ConfigureAwait(false));
            }
            while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The page is taken away.
        }
        catch (LeaksException refused)
        {
            Session.Tell(new LiveEvent(DateTimeOffset.UtcNow, LiveEventKind.Lost, refused.Message));
        }
    }
}
