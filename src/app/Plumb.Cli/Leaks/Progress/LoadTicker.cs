using Plumb.Collectors.Loading;

namespace Plumb.Cli.Leaks.Progress;

/// <summary>Turns the totals of a load into figures of the last second or so, for a display that redraws more often than that.</summary>
internal sealed class LoadTicker
{
    private const int MaxHistory = 120;

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(1);

    private readonly LoadGenerator _load;
    private readonly List<double> _latencies = [];
    private readonly List<double> _rates = [];
    private LoadReport _before;

    public LoadTicker(LoadGenerator load)
    {
        _load = load;
        _before = load.Report;
    }

    /// <summary>Requests ended per second in the last window.</summary>
    public double RatePerSecond { get; private set; }

    /// <summary>The 95th percentile of the last window; null when nothing ended in it.</summary>
    public TimeSpan? P95 { get; private set; }

    /// <summary>The 95th percentiles of past windows in milliseconds, oldest first; NaN where nothing ended.</summary>
    public IReadOnlyList<double> Latencies => _latencies;

    /// <summary>The rates of past windows, oldest first.</summary>
    public IReadOnlyList<double> Rates => _rates;

    /// <summary>The totals so far.</summary>
    public LoadReport Total { get; private set; } = null!;

    public void Tick()
    {
        Total = _load.Report;
        TimeSpan passed = Total.Elapsed - _before.Elapsed;
        if (passed < s_window)
        {
            return;
        }

        RatePerSecond = (Total.Ended - _before.Ended) / passed.TotalSeconds;
        P95 = Total.Latencies.Since(_before.Latencies).Quantile(0.95);
        _latencies.Add(P95?.TotalMilliseconds ?? double.NaN);
        _rates.Add(RatePerSecond);
        if (_latencies.Count > MaxHistory)
        {
            _latencies.RemoveAt(0);
            _rates.RemoveAt(0);
        }

        _before = Total;
    }
}
