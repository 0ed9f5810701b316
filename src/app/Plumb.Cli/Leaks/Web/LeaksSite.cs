using Plumb.Cli.Leaks.Progress;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Leaks.Sources;
using Plumb.Cli.Pprof;
using Plumb.Cli.Web;
using Plumb.Leaks.Snapshots;
using Plumb.Profiles;
using Plumb.Web;
using Plumb.Web.Leaks;
using Plumb.Web.Services;
using Plumb.Web.Serving;

namespace Plumb.Cli.Leaks.Web;

/// <summary><c>plumb leaks --http</c>: the page on which a diagnosis comes about, and which stays after the verdict.</summary>
internal sealed class LeaksSite : IAsyncDisposable
{
    // As often as the page asks.
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromSeconds(1);

    private readonly WebServer _server;
    private readonly LeaksSession _session;
    private readonly SeriesProfiles _profiles;
    private readonly LeaksOptions _options;

    private LeaksSite(WebServer server, LeaksSession session, SeriesProfiles profiles, LeaksOptions options)
    {
        _server = server;
        _session = session;
        _profiles = profiles;
        _options = options;
    }

    /// <exception cref="LeaksException">The address cannot be listened on.</exception>
    public static async Task<LeaksSite> StartAsync(LeaksOptions options, ListenAddress address, CancellationToken cancellation)
    {
        var host = PprofHost.OfProcess(Stream.Null, TextWriter.Null);
        string title = TitleOf(options);
        var session = new LeaksSession(title, TimeProvider.System);
        var profiles = new SeriesProfiles(title, options.Sources, host);
        var site = new ServiceSite { Title = title, Leaks = session, Profiles = profiles.Open };
        try
        {
            WebServer server = await WebServer.StartAsync(address, site, cancellation).ConfigureAwait(false);
            Say($"the page is at {server.Address}");
            if (!address.IsLocal)
            {
                Say("Every machine that can reach this one may ask for the page. Whoever has its address sees what is found.");
            }

            if (!options.NoBrowser)
            {
                BrowserWindow.Open(server.Address, Environment.GetEnvironmentVariable);
            }

            return new LeaksSite(server, session, profiles, options);
        }
        catch (IOException failed)
        {
            throw new LeaksException(failed.Message, "Choose another port with --http, or :0 for any that is free.");
        }
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
        Say($"the verdict stays at {_server.Address} until Ctrl-C");
        try
        {
            await _server.WaitAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Interrupted, which is how a server ends.
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // Of an address, what stands before an @ is a password.
    private static string TitleOf(LeaksOptions options) =>
        Directory.Exists(options.Target) || File.Exists(options.Target) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Target)))
        : Collectors.Targets.TargetAddress.TryParse(options.Target, out Collectors.Targets.TargetAddress? address, out _) ? address.ToString()
        : "no such target";

    private static void Say(string text) => Console.Error.WriteLine($"plumb leaks: {TerminalText.Escape(text)}");
}
