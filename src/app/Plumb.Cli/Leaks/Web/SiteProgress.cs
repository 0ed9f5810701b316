using Plumb.Cli.Leaks.Progress;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Recording;
using Plumb.Leaks.Snapshots;
using Plumb.Web.Leaks;

namespace Plumb.Cli.Leaks.Web;

/// <summary>Tells the page how a series comes along, besides the display at the terminal.</summary>
internal sealed class SiteProgress : IProgressDisplay
{
    private static readonly (FigureName Name, Func<SnapshotFigures, double> Value)[] s_figures =
    [
        (new("goroutines", "count"), figures => figures.Goroutines),
        (new("live heap", "bytes"), figures => figures.HeapBytes),
        (new("memory (RSS)", "bytes"), figures => figures.RssBytes),
        (new("descriptors", "count"), figures => figures.Descriptors),
        (new("TCP sockets", "count"), figures => figures.Connections),
        (new("threads", "count"), figures => figures.Threads),
    ];

    private readonly IProgressDisplay _terminal;
    private readonly LeaksSession _session;
    private readonly SeriesProfiles _profiles;
    private readonly Action _stop;
    private LoadGenerator? _load;
    private DateTimeOffset? _began;

    /// <param name="terminal">The other display; disposed of with this one.</param>
    /// <param name="session">What the page asks.</param>
    /// <param name="profiles">Where the page finds the profiles of a snapshot.</param>
    /// <param name="stop">Ends the watching early.</param>
    public SiteProgress(IProgressDisplay terminal, LeaksSession session, SeriesProfiles profiles, Action stop)
    {
        _terminal = terminal;
        _session = session;
        _profiles = profiles;
        _stop = stop;
    }

    public void Start(string target, RecordingPlan plan, LoadGenerator? load)
    {
        _load = load;
        _terminal.Start(target, plan, load);
        _session.Watch([.. s_figures.Select(figure => figure.Name)], plan.Duration, plan.Snapshots, _stop);
    }

    public void Add(Snapshot snapshot)
    {
        _terminal.Add(snapshot);
        _began ??= snapshot.At;
        var figures = SnapshotFigures.Of(snapshot);
        _session.Add((snapshot.At - _began.Value).TotalSeconds, [.. s_figures.Select(figure => figure.Value(figures))], snapshot.Notes);
        if (_profiles.Add(snapshot) is { } moment)
        {
            _session.Add(moment);
        }

        if (_load is not null)
        {
            _session.SetLoad(LoadText.Of(_load.Report));
        }
    }

    public void Judge()
    {
        _terminal.Judge();
        _session.Judge();
    }

    public void Dispose() => _terminal.Dispose();
}
