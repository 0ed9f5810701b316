namespace Plumb.Collectors.Tests;

/// <summary>A clock that stands until a test moves it, and runs the timers that it passes: what depends on time happens exactly when the
/// test says, however busy the machine is.</summary>
internal class HeldTime : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<HeldTimer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(GetTimestamp());

    /// <summary>How much has passed since the clock was made.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(GetTimestamp());

    public void Advance(TimeSpan time) => AdvanceTo(Elapsed + time);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HeldTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Does nothing when that moment has passed.</summary>
    protected void AdvanceTo(TimeSpan moment)
    {
        while (NextBy(moment.Ticks) is { } timer)
        {
            timer.Callback();
        }
    }

    /// <summary>Called when somebody begins to wait for a moment.</summary>
    protected virtual void OnWait(TimeSpan moment)
    {
    }

    private HeldTimer? NextBy(long ticks)
    {
        lock (_lock)
        {
            HeldTimer? next = _timers.Where(timer => timer.Due <= ticks).MinBy(timer => timer.Due);
            _ticks = Math.Max(_ticks, next?.Due ?? ticks);
            if (next is { Period: > 0 })
            {
                next.Due += next.Period;
            }
            else if (next is not null)
            {
                _timers.Remove(next);
            }

            return next;
        }
    }

    private bool Set(HeldTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.Period = Math.Max(0, period.Ticks);
            timer.Due = _ticks + dueTime.Ticks;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _timers.Add(timer);
            }
        }

        // What ticks again and again accompanies the waits of others; it is none itself.
        if (dueTime != Timeout.InfiniteTimeSpan && timer.Period == 0)
        {
            OnWait(TimeSpan.FromTicks(timer.Due));
        }

        return true;
    }

    private sealed class HeldTimer(HeldTime time, Action callback) : ITimer
    {
        public Action Callback => callback;

        public long Due { get; set; }

        public long Period { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => time.Set(this, dueTime, period);

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
