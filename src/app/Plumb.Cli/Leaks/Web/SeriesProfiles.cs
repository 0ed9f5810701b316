using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Pprof;
using Plumb.Cli.Pprof.Sources;
using Plumb.Leaks.Snapshots;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Options;
using Plumb.Web;
using Plumb.Web.Leaks;

namespace Plumb.Cli.Leaks.Web;

/// <summary>
/// The profiles of a series for the page: <c>heap-12</c> is that of snapshot 12, <c>heap-0-12</c> what is different there from snapshot 0.
/// Safe for concurrent use; snapshots come in while pages look.
/// </summary>
internal sealed class SeriesProfiles
{
    public const string Heap = "heap";
    public const string Goroutine = "goroutine";

    private readonly string _title;
    private readonly PprofHost _host;
    private readonly ReportOptions _options;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, Snapshot> _snapshots = [];

    /// <param name="title">Of the service.</param>
    /// <param name="sources">Folders below which source files may be shown, besides the current one.</param>
    /// <param name="host">The machine.</param>
    public SeriesProfiles(string title, IEnumerable<string> sources, PprofHost host)
    {
        _title = title;
        _host = host;
        _options = ReportOptions.Default with { SourcePath = string.Join(Path.PathSeparator, sources.Prepend(host.Directory)) };
    }

    /// <returns>What the page may offer of it; null when it has no profile.</returns>
    public LeakMoment? Add(Snapshot snapshot)
    {
        lock (_lock)
        {
            _snapshots[snapshot.Seq] = snapshot;
            List<string> kinds = [];
            if (snapshot.Heap is not null)
            {
                kinds.Add(Heap);
            }

            if (snapshot.Goroutine is not null)
            {
                kinds.Add(Goroutine);
            }

            return kinds.Count == 0 ? null : new LeakMoment(snapshot.Seq, SecondsOf(snapshot), [.. kinds]);
        }
    }

    /// <returns>Null when there is no profile of that name.</returns>
    public ProfileSession? Open(string name)
    {
        string[] parts = name.Split('-');
        if (parts.Length is not (2 or 3) || parts[0] is not (Heap or Goroutine))
        {
            return null;
        }

        Moment? first = Find(parts[0], parts[1]);
        Moment? last = parts.Length == 3 ? Find(parts[0], parts[2]) : first;
        if (first is null || last is null)
        {
            return null;
        }

        var folders = new ReadableFolders(_options, _host);
        return new ProfileSession(Selection(last.Profile), _options)
        {
            Title = TitleOf(parts[0], last),
            Base = first == last ? null : Selection(first.Profile),
            BaseTitle = TitleOf(parts[0], first),
            Sources = report => new LocalSources(report, _host, folders.Contain),
            TimeZone = _host.TimeZone,
        };
    }

    // As the profile commands do: the frames that the profile itself calls noise are left out.
    private static ProfileSelection Selection(Profile profile) => FramePruning.DropFrames(profile);

    private string TitleOf(string kind, Moment moment) => $"{kind} after {Quantity.Duration(TimeSpan.FromSeconds(Math.Round(moment.Seconds)))} of {_title}";

    private Moment? Find(string kind, string number)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int sequence))
        {
            return null;
        }

        lock (_lock)
        {
            return _snapshots.TryGetValue(sequence, out Snapshot? snapshot) && (kind == Heap ? snapshot.Heap : snapshot.Goroutine) is { } profile
                ? new Moment(profile, SecondsOf(snapshot))
                : null;
        }
    }

    private double SecondsOf(Snapshot snapshot) => (snapshot.At - _snapshots.First().Value.At).TotalSeconds;

    private sealed record Moment(Profile Profile, double Seconds);
}
