using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Sources;
using Plumb.Cli.Leaks.Web;
using Plumb.Cli.Watch;
using Plumb.Cli.Watch.Displays;
using Plumb.Collectors.Watching;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Watching;
using Plumb.Web.Leaks;
using Plumb.Web.Live;

namespace Plumb.Cli.Live;

/// <summary><c>plumb watch --http</c>: what the terminal shows, on the page as well.</summary>
internal sealed class SiteWatchDisplay : IWatchDisplay
{
    private readonly IWatchDisplay _terminal;
    private readonly LiveSession _live;
    private readonly LeaksSession _leaks;
    private WatchState? _state;
    private WatchedGrowth? _shown;

    /// <param name="terminal">The other display; disposed of with this one.</param>
    /// <param name="live">What the page asks for figures.</param>
    /// <param name="leaks">What the page asks for what leaks.</param>
    public SiteWatchDisplay(IWatchDisplay terminal, LiveSession live, LeaksSession leaks)
    {
        _terminal = terminal;
        _live = live;
        _leaks = leaks;
    }

    public void Start(WatchState state, WatchOptions options)
    {
        _state = state;
        _leaks.Watch([], TimeSpan.Zero, 0, stop: null);
        _terminal.Start(state, options);
    }

    public void Show(WatchSample sample)
    {
        _terminal.Show(sample);
        _live.Add(LiveSamples.Of(sample));
        WatchView view = _state!.View();
        if (!ReferenceEquals(view.Growth, _shown))
        {
            _shown = view.Growth;
            _leaks.Show(ReportOf(view));
        }
    }

    public void Tell(WatchEvent happened)
    {
        _terminal.Tell(happened);
        LiveEventKind kind = happened.Kind switch
        {
            WatchEventKind.Leak => LiveEventKind.Leak,
            WatchEventKind.Capture or WatchEventKind.Captured => LiveEventKind.Capture,
            WatchEventKind.Restart => LiveEventKind.Restart,
            WatchEventKind.Lost => LiveEventKind.Lost,
            WatchEventKind.Back => LiveEventKind.Back,
            _ => LiveEventKind.Note,
        };
        _live.Tell(new LiveEvent(happened.At, kind, happened.Text));
    }

    public void Dispose()
    {
        _live.End();
        _terminal.Dispose();
    }

    // The growth of a watch as the diagnosis that it would be, had it ended now.
    private static LeakReport ReportOf(WatchView view)
    {
        WatchedGrowth growth = view.Growth;
        var diagnosis = new Diagnosis
        {
            Verdict = growth.Leaks.Count > 0 ? LeakVerdict.Leak : growth.Verdict,
            Reason = growth.Reason,
            Findings = [.. growth.Leaks.Select(leak => leak.Finding), .. growth.Suspicions],
            Forecast = growth.Forecast,
            Snapshots = view.Snapshots,
            Duration = growth.At > view.Started ? growth.At - view.Started : TimeSpan.Zero,
        };
        return new LeakReportBuilder(new SourceFolders([Environment.CurrentDirectory])).Build(new LeaksOutcome(view.Target, diagnosis, Load: null));
    }
}
