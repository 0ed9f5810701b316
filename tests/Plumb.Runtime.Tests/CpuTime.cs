namespace Plumb.Runtime.Tests;

/// <summary>A clock that goes as this process uses the processor: what it measures is as much on a machine that is busy with others.</summary>
internal sealed class CpuTime : TimeProvider
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new CpuTimer(this, callback, state, dueTime);

    private sealed class CpuTimer : ITimer
    {
        private readonly Timer _looks;
        private readonly long _due;
        private int _hasRung;

        public CpuTimer(CpuTime time, TimerCallback callback, object? state, TimeSpan dueTime)
        {
            _due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;
            _looks = new Timer(_ =>
            {
                if (time.GetTimestamp() >= _due && Interlocked.Exchange(ref _hasRung, 1) == 0)
                    callback(state);
            });
            _looks.Change(s_look, s_look);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("set once");

        public void Dispose() => _looks.Dispose();

        public ValueTask DisposeAsync() => _looks.DisposeAsync();
    }
}
