using Plumb.Collectors.Watching;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Watch;

/// <summary>What has been seen so far, in bounded memory. Written by the watch and read by the display, which draws when it likes.</summary>
internal sealed class WatchState
{
    // Two to a character of a wide chart.
    private const int MostSamples = 512;
    private const int MostEvents = 100;

    private readonly Lock _lock = new();
    private readonly ThinningHistory<WatchSample> _samples = new(MostSamples, WatchSample.Merge);
    private readonly Queue<WatchEvent> _events = [];
    private readonly string _target;
    private readonly DateTimeOffset _started;
    private WatchedGrowth _growth = WatchedGrowth.Unknown;
    private int _snapshots;
    private bool _isCapturing;

    public WatchState(string target, DateTimeOffset started) => (_target, _started) = (target, started);

    public void Add(WatchSample sample)
    {
        lock (_lock)
        {
            _samples.Add(sample);
        }
    }

    public void Add(WatchEvent happened)
    {
        lock (_lock)
        {
            _events.Enqueue(happened);
            if (_events.Count > MostEvents)
            {
                _events.Dequeue();
            }
        }
    }

    public void CountSnapshot()
    {
        lock (_lock)
        {
            _snapshots++;
        }
    }

    public void Set(WatchedGrowth growth)
    {
        lock (_lock)
        {
            _growth = growth;
        }
    }

    public void SetCapturing(bool isCapturing)
    {
        lock (_lock)
        {
            _isCapturing = isCapturing;
        }
    }

    public WatchView View()
    {
        lock (_lock)
        {
            return new WatchView
            {
                Target = _target,
                Started = _started,
                Samples = [.. _samples.Points],
                Events = [.. _events],
                Growth = _growth,
                Snapshots = _snapshots,
                IsCapturing = _isCapturing,
            };
        }
    }
}
