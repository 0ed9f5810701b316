namespace Plumb.Runtime.Tests;

/// <summary>A clock whose waits last until the test ends them: what is captured meanwhile is what the test did, however long that took.</summary>
internal sealed class OpenEnd : TimeProvider
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _ring;
    private long _hours;

    /// <summary>Somebody waits.</summary>
    public Task Begun => _begun.Task;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _hours) * TimeSpan.TicksPerHour;

    public void End()
    {
        Volatile.Write(ref _hours, 1);
        _ring!();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _ring += () => callback(state);
        _begun.TrySetResult();
        return new Bell();
    }

    private sealed class Bell : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
