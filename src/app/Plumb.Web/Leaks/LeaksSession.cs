namespace Plumb.Web.Leaks;

/// <summary>
/// A diagnosis while it comes about, and the verdict afterwards. One thread tells it what happens, and any number of pages ask. Bounded: of a
/// long series every other figure is let go, again and again.
/// </summary>
/// <param name="title">What is looked at, without credentials.</param>
/// <param name="time">Says how long it has been going on.</param>
public sealed class LeaksSession(string title, TimeProvider time)
{
    private const int MaxPoints = 480;
    private const int MaxNotes = 20;

    private static readonly TimeSpan LookedAtFor = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly List<string> _notes = [];
    private readonly List<LeakMoment> _moments = [];
    private ThinnedCurves _curves = new([], MaxPoints);
    private LeaksPhase _phase = LeaksPhase.Waiting;
    private Action? _stop;
    private TimeSpan _planned;
    private int _snapshotsPlanned;
    private int _snapshots;
    private long _started;
    private string? _load;
    private LeakReport? _report;
    private (string Error, string? Remedy) _failure;
    private int _version = 1;
    private long _askedAt;

    public string Title => title;

    /// <summary>Whether a page has asked lately, and will again.</summary>
    public bool IsLookedAt
    {
        get
        {
            long asked = Interlocked.Read(ref _askedAt);
            return asked != 0 && time.GetElapsedTime(asked) < LookedAtFor;
        }
    }

    /// <summary>What has been said last in any of the ways below; rises with each.</summary>
    public int Version
    {
        get
        {
            lock (_lock)
                return _version;
        }
    }

    /// <param name="figures">What will be told of each snapshot, in this order.</param>
    /// <param name="planned">How long it is to take.</param>
    /// <param name="snapshots">How many are to be taken.</param>
    /// <param name="stop">Ends the watching early, so that what was seen is judged; null when it goes on until it is ended elsewhere.</param>
    public void Watch(IReadOnlyList<FigureName> figures, TimeSpan planned, int snapshots, Action? stop) => Change(() =>
    {
        _phase = LeaksPhase.Watching;
        _curves = new ThinnedCurves(figures, MaxPoints);
        _planned = planned;
        _snapshotsPlanned = snapshots;
        _stop = stop;
        _started = time.GetTimestamp();
    });

    /// <param name="seconds">Since the first snapshot.</param>
    /// <param name="values">As announced; NaN for what the snapshot lacks.</param>
    /// <param name="notes">What could not be had.</param>
    public void Add(double seconds, ReadOnlySpan<double> values, IReadOnlyList<string> notes)
    {
        lock (_lock)
        {
            _version++;
            _snapshots++;
            _curves.Add(seconds, values);
            foreach (string note in notes)
            {
                if (_notes.Count < MaxNotes && !_notes.Contains(note))
                    _notes.Add(note);
            }
        }
    }

    /// <summary>Profiles of one moment can be opened from now on.</summary>
    public void Add(LeakMoment moment) => Change(() => _moments.Add(moment));

    /// <summary>What the load does; null for none.</summary>
    public void SetLoad(string? load) => Change(() => _load = load);

    public void Judge() => Change(() => _phase = LeaksPhase.Judging);

    /// <summary>What is known so far; the watching goes on.</summary>
    public void Show(LeakReport report) => Change(() => _report = report);

    public void Finish(LeakReport report) => Change(() =>
    {
        _phase = LeaksPhase.Done;
        _report = report;
    });

    /// <param name="error">What is wrong.</param>
    /// <param name="remedy">What to do about it.</param>
    public void Fail(string error, string? remedy) => Change(() =>
    {
        _phase = LeaksPhase.Failed;
        _failure = (error, remedy);
    });

    /// <summary>Ends the watching, if it is going on.</summary>
    /// <returns>Whether it was.</returns>
    internal bool Stop()
    {
        Action? stop;
        lock (_lock)
            stop = _phase == LeaksPhase.Watching ? _stop : null;

        // Outside the lock: it runs whatever waits for it, and that may tell this session something.
        stop?.Invoke();
        return stop is not null;
    }

    /// <summary>A page has asked.</summary>
    internal void NoteLook() => Interlocked.Exchange(ref _askedAt, time.GetTimestamp());

    internal LeaksAnswer Answer()
    {
        lock (_lock)
        {
            return new LeaksAnswer
            {
                Version = _version,
                Title = title,
                CanStop = _stop is not null,
                Phase = _phase.ToString().ToLowerInvariant(),
                Snapshots = _snapshots,
                SnapshotsPlanned = _snapshotsPlanned,
                ElapsedSeconds = _started == 0 ? 0 : time.GetElapsedTime(_started).TotalSeconds,
                PlannedSeconds = _planned.TotalSeconds,
                Load = _load,
                Error = _failure.Error,
                Remedy = _failure.Remedy,
                Notes = [.. _notes],
                Curves = _curves.ToViews(),
                Moments = LeakMoment.Thin(_moments),
                Report = _report,
            };
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            _version++;
            change();
        }
    }
}

/// <summary>A figure of each snapshot.</summary>
/// <param name="Name">For people.</param>
/// <param name="Unit">"bytes" or "count".</param>
public sealed record FigureName(string Name, string Unit);
