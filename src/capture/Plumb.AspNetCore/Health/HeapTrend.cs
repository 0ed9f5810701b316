namespace Plumb.AspNetCore.Health;

/// <summary>
/// What was alive after each of the last full collections, and whether it rises without end. A cache that fills and a heap that
/// swings have readings that do not rise; a leak has hardly any others. Safe for concurrent use.
/// </summary>
internal sealed class HeapTrend
{
    private const int MaxReadings = 32;
    private const int FewestReadings = 9;
    private const double LeastGrowth = 1.2;

    /// <summary>Of all pairs of readings, so many must rise (and one in twenty may fall).</summary>
    private const double LeastRisingPairs = 0.95;
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly List<(DateTimeOffset At, long Bytes)> _readings = [];

    /// <param name="First">Bytes alive after the first of the collections.</param>
    public readonly record struct Rise(long First, long Last, int Collections, TimeSpan Span);

    public void Add(DateTimeOffset at, long bytes)
    {
        lock (_gate)
        {
            if (_readings.Count == MaxReadings)
                _readings.RemoveAt(0);
            _readings.Add((at, bytes));
        }
    }

    /// <returns>Null while nothing speaks for a leak.</returns>
    public Rise? Suspicion()
    {
        lock (_gate)
        {
            if (_readings.Count < FewestReadings)
                return null;
            (DateTimeOffset At, long Bytes) first = _readings[0];
            (DateTimeOffset At, long Bytes) last = _readings[^1];
            bool rises = last.At - first.At >= ShortestSpan && last.Bytes > first.Bytes * LeastGrowth && RisingPairs() >= LeastRisingPairs && LastThirdRises();
            return rises ? new Rise(first.Bytes, last.Bytes, _readings.Count, last.At - first.At) : null;
        }
    }

    private double RisingPairs()
    {
        int rising = 0;
        int pairs = 0;
        for (int i = 0; i < _readings.Count; i++)
        {
            for (int j = i + 1; j < _readings.Count; j++, pairs++)
                rising += _readings[j].Bytes > _readings[i].Bytes ? 1 : 0;
        }

        return (double)rising / pairs;
    }

    /// <summary>A cache that is nearly full rises ever more slowly: a leak rises in the end as it did all the time.</summary>
    private bool LastThirdRises()
    {
        (DateTimeOffset At, long Bytes) middle = _readings[_readings.Count * 2 / 3];
        double whole = Rate(_readings[0], _readings[^1]);
        return Rate(middle, _readings[^1]) >= whole / 2;
    }

    private static double Rate((DateTimeOffset At, long Bytes) from, (DateTimeOffset At, long Bytes) to) => (to.Bytes - from.Bytes) / Math.Max(1e-3, (to.At - from.At).TotalSeconds);
}
