using Plumb.Cli.Leaks.Progress;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Leaks.Sources;
using Plumb.Cli.Live;
using Plumb.Cli.Pprof;
using Plumb.Cli.Web;
using Plumb.Leaks.Snapshots;
using Plumb.Web;
using Plumb.Web.Leaks;
using Plumb.Web.Services;

namespace Plumb.Cli.Leaks.Web;

/// <summary><c>plumb leaks --http</c>: the page on which a diagnosis comes about, and which stays after the verdict.</summary>
internal sealed class LeaksSite : IAsyncDisposable
{
    // As often as the page asks.
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromSeconds(1);

    private readonly WebServer _server;
    private readonly LeaksSession _session;
    private readonly SeriesProfiles _profiles;
    private readonly LiveSite? _live;
    private readonly LeaksOptions _options;

    private LeaksSite(WebServer server, LeaksSession session, SeriesProfiles profiles, LiveSite? live, LeaksOptions options)
    {
        _server = server;
        _session = session;
        _profiles = profiles;
        _live = live;
        _options = options;
    }

    /// <exception cref="LeaksException">The address cannot be listened on.</exception>
    public static async Task<LeaksSite> StartAsync(LeaksOptions options, PageOptions page, CancellationToken cancellation)
    {
        var host = PprofHost.OfProcess(Stream.Null, TextWriter.Null);
        string title = TitleOf(options);
        var session = new LeaksSession(title, TimeProvider.System);
        var profiles = new SeriesProfiles(title, options.Sources, host);
        LiveSite? live = IsSaved(options) ? null : new LiveSite(title, options.Target, options.Timeout, options.Metrics, options.Sources);
        var site = new ServiceSite
        {
            Title = title,
            Leaks = session,
            Live = live?.Session,
            Profiles = name => profiles.Open(name) ?? live?.Captures.Open(name),
        };
        WebServer server = await ServicePage.StartAsync("leaks", site, page, cancellation).ConfigureAwait(false);
        live?.Begin();
        return new LeaksSite(server, session, profiles, live, options);
    }

    /// <summary>Shows the progress on the page too.</summary>
    /// <param name="terminal">The display at the terminal.</param>
    /// <param name="stop">Ends the watching early.</param>
    public IProgressDisplay Show(IProgressDisplay terminal, Action stop) => new SiteProgress(terminal, _session, _profiles, stop);

    public void Finish(LeaksOutcome outcome)
    {
        // Of a saved series nothing was told before.
        foreach (Snapshot snapshot in outcome.Series?.Snapshots ?? [])
        {
            if (_profiles.Add(snapshot) is { } moment)
            {
                _session.Add(moment);
            }
        }

        if (outcome.Load is { } load)
        {
            _session.SetLoad(LoadText.Of(load));
        }

        _session.Finish(new LeakReportBuilder(new SourceFolders([Environment.CurrentDirectory, .. _options.Sources])).Build(outcome));
    }

    /// <summary>Tells the page that there is nothing to judge, and gives it the time to ask.</summary>
    public async Task FailAsync(LeaksException refused)
    {
        bool isLookedAt = _session.IsLookedAt;
        _session.Fail(refused.Message, refused.Advice);
        if (isLookedAt)
        {
            await Task.Delay(s_pollInterval * 2).ConfigureAwait(false);
        }
    }

    /// <summary>Serves until it is interrupted.</summary>
    public async Task StayAsync(CancellationToken end)
    {
        ServicePage.Say("leaks", $"the verdict stays at {_server.Address} until Ctrl-C");
        try
        {
            await _server.WaitAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Interrupted, which is how a server ends.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_live is not null)
        {
            await _live.DisposeAsync().ConfigureAwait(false);
        }

        await _server.DisposeAsync().ConfigureAwait(false);
    }

    private static bool IsSaved(LeaksOptions options) => Directory.Exists(options.Target) || File.Exists(options.Target);

    // Of an address, what stands before an @ is a password.
    private static string TitleOf(LeaksOptions options) =>
        IsSaved(options) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Target)))
        : Collectors.Targets.TargetAddress.TryParse(options.Target, out Collectors.Targets.TargetAddress? address, out _) ? address.ToString()
        : "no such target";
}
