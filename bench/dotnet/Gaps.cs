using System.Diagnostics;

namespace Plumb.Benchmarks.Service;

/// <summary>The longest time for which a thread that never waits did not run: the pause that a request would have felt.</summary>
internal sealed class Gaps
{
    private Thread? _thread;
    private volatile bool _stopping;
    private long _longest;

    public void Start()
    {
        _stopping = false;
        _longest = 0;
        _thread = new Thread(Run) { IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <returns>Milliseconds.</returns>
    public double Stop()
    {
        _stopping = true;
        _thread?.Join();
        return _longest * 1e3 / Stopwatch.Frequency;
    }

    private void Run()
    {
        long last = Stopwatch.GetTimestamp();
        while (!_stopping)
        {
            Thread.SpinWait(20);
            long now = Stopwatch.GetTimestamp();
            _longest = Math.Max(_longest, now - last);
            last = now;
        }
    }
}
