using Plumb.Cli.Pprof;
using Plumb.Cli.Targets;
using Plumb.Cli.Watch;
using Plumb.Cli.Watch.Displays;
using Plumb.Cli.Web;
using Plumb.Web;
using Plumb.Web.Leaks;
using Plumb.Web.Live;
using Plumb.Web.Services;

namespace Plumb.Cli.Live;

/// <summary><c>plumb watch --http</c>: the page that lives as long as the watch.</summary>
internal sealed class WatchSite : IAsyncDisposable
{
    private readonly WebServer _server;
    private readonly LiveSession _live;
    private readonly LeaksSession _leaks;
    private readonly CapturedProfiles _captures;

    private WatchSite(WebServer server, LiveSession live, LeaksSession leaks, CapturedProfiles captures)
    {
        _server = server;
        _live = live;
        _leaks = leaks;
        _captures = captures;
    }

    /// <exception cref="Leaks.LeaksException">The target is none, or the address cannot be listened on.</exception>
    public static async Task<WatchSite> StartAsync(WatchOptions options, PageOptions page, CancellationToken cancellation)
    {
        string title = RunningService.AddressOf(options.Target).ToString();
        var captures = new CapturedProfiles(options.Target, options.Timeout, [], PprofHost.OfProcess(Stream.Null, TextWriter.Null));
        var live = new LiveSession(title) { CaptureKinds = [.. CapturedProfiles.Kinds], Capture = captures.TakeAsync };
        var leaks = new LeaksSession(title, TimeProvider.System);
        var site = new ServiceSite { Title = title, Live = live, LiveFirst = true, Leaks = leaks, Profiles = captures.Open };
        return new WatchSite(await ServicePage.StartAsync("watch", site, page, cancellation).ConfigureAwait(false), live, leaks, captures);
    }

    /// <summary>Shows on the page too what the terminal shows.</summary>
    public IWatchDisplay Show(IWatchDisplay terminal) => new SiteWatchDisplay(terminal, _live, _leaks);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _captures.Dispose();
    }
}
