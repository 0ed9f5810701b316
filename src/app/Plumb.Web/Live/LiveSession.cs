using System.Collections.Immutable;

namespace Plumb.Web.Live;

/// <summary>
/// The last hour of a service, a row of figures each second. One thread adds, any number of pages ask. What is kept is bounded by
/// <see cref="Capacity"/> rows, however long it goes on.
/// </summary>
/// <param name="title">What is watched, without credentials.</param>
/// <param name="capacity">Rows that are kept.</param>
public sealed class LiveSession(string title, int capacity = LiveSession.Capacity)
{
    /// <summary>An hour of seconds.</summary>
    public const int Capacity = 3600;

    private const int MaxEvents = 200;
    private const int MaxStates = 12;

    private static readonly ImmutableArray<LiveFigure> Figures = [.. Enum.GetValues<LiveFigure>()];

    private readonly Lock _lock = new();
    private readonly double[] _times = new double[capacity];
    private readonly double[][] _figures = [.. Figures.Select(_ => new double[capacity])];
    private readonly Dictionary<string, double[]> _states = new(StringComparer.Ordinal);
    private readonly Queue<LiveEvent> _events = [];
    private long _rows;
    private long _told;
    private bool _isAnswered = true;
    private bool _hasEnded;

    public string Title => title;

    /// <summary>The kinds of profiles that the page may capture; none when it may not.</summary>
    public ImmutableArray<CaptureKind> CaptureKinds { get; init; } = [];

    /// <summary>Captures a profile of a kind; throws <see cref="LiveCaptureException"/> when it cannot be had. Never called twice at once.</summary>
    public Func<CaptureKind, CancellationToken, Task<LiveCapture>>? Capture { get; init; }

    public void Add(LiveSample sample)
    {
        lock (_lock)
        {
            int at = (int)(_rows % capacity);
            _times[at] = sample.At.ToUnixTimeMilliseconds() / 1000.0;
            for (int i = 0; i < Figures.Length; i++)
                _figures[i][at] = sample.Figures.TryGetValue(Figures[i], out double value) ? value : double.NaN;

            foreach (string state in sample.Connections.Keys)
            {
                if (_states.Count < MaxStates && !_states.ContainsKey(state))
                    _states.Add(state, [.. Enumerable.Repeat(double.NaN, capacity)]);
            }

            // A state in which there is no connection is not named; that of a service that did not answer is not known.
            double none = sample.Connections.Count > 0 ? 0 : double.NaN;
            foreach ((string state, double[] column) in _states)
                column[at] = sample.Connections.TryGetValue(state, out double count) ? count : none;

            _isAnswered = sample.IsAnswered;
            _rows++;
        }
    }

    public void Tell(LiveEvent happened)
    {
        lock (_lock)
        {
            _events.Enqueue(happened);
            _told++;
            if (_events.Count > MaxEvents)
                _events.Dequeue();
        }
    }

    /// <summary>Nothing more will be added.</summary>
    public void End()
    {
        lock (_lock)
            _hasEnded = true;
    }

    /// <param name="since">How many rows the page has; what it lacks is told.</param>
    internal LiveAnswer Answer(long since)
    {
        lock (_lock)
        {
            long oldest = Math.Max(0, _rows - capacity);
            long first = since >= oldest && since <= _rows ? since : oldest;
            int count = (int)(_rows - first);
            return new LiveAnswer
            {
                Title = title,
                First = first,
                Next = _rows,
                Capacity = capacity,
                IsAnswered = _isAnswered,
                HasEnded = _hasEnded,
                Times = Column(_times, first, count, time => time),
                Figures = Figures.Index()
                    .Select(figure => (Name: NameOf(figure.Item), Values: Column(_figures[figure.Index], first, count, Known)))
                    .Where(column => column.Values.Any(value => value is not null))
                    .ToDictionary(column => column.Name, column => column.Values, StringComparer.Ordinal),
                States = _states.ToDictionary(state => state.Key, state => Column(state.Value, first, count, Known), StringComparer.Ordinal),
                EventsTold = _told,
                Events = [.. _events.Select(happened => new LiveEventAnswer(
                    happened.At.ToUnixTimeMilliseconds() / 1000.0, happened.Kind.ToString().ToLowerInvariant(), happened.Text, happened.Profile))],
                CaptureKinds = CaptureKinds,
            };
        }
    }

    private ImmutableArray<T> Column<T>(double[] column, long first, int count, Func<double, T> value)
    {
        ImmutableArray<T>.Builder values = ImmutableArray.CreateBuilder<T>(count);
        for (long row = first; row < first + count; row++)
            values.Add(value(column[(int)(row % capacity)]));

        return values.MoveToImmutable();
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    private static string NameOf(LiveFigure figure)
    {
        string name = figure.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
