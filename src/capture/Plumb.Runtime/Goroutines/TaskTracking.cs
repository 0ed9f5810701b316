namespace Plumb.Runtime.Goroutines;

/// <summary>
/// Has the runtime list its tasks from now on, and remembers when they were made. There is one list: it is kept while anybody tracks.
/// </summary>
internal sealed class TaskTracking : IDisposable
{
    private const int TicksPerCleaning = 15;
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly Lock s_turn = new();
    private static int s_tracking;
    private static bool s_wasOn;

    private readonly TaskAges _ages;
    private readonly ThreadWaits _waits;
    private readonly ITimer _timer;
    private int _ticks;
    private int _isCleaning;
    private bool _isEnded;

    private TaskTracking(TaskRegistry registry, ThreadWaits waits, TimeProvider time)
    {
        Registry = registry;
        _waits = waits;
        _ages = new TaskAges(time);
        Since = time.GetUtcNow();
        lock (s_turn)
        {
            if (s_tracking++ == 0)
            {
                // A debugger may have it on: then it is not ours to switch off.
                s_wasOn = registry.IsOn;
                if (!s_wasOn)
                    registry.Remove(registry.Copy());
                registry.IsOn = true;
            }
        }

        _ages.Add(registry.LastNumber);
        _timer = time.CreateTimer(_ => Tick(), null, s_tick, s_tick);
    }

    /// <exception cref="ProfileUnavailableException">The runtime keeps no such list.</exception>
    public static TaskTracking Start(ThreadWaits waits, TimeProvider time) => new(TaskRegistry.Open(), waits, time);

    public TaskRegistry Registry { get; }

    public DateTimeOffset Since { get; }

    /// <summary>How old a task is at least.</summary>
    public TimeSpan AgeOf(Task task) => _ages.Of(task.Id);

    public void Dispose()
    {
        _timer.Dispose();
        lock (s_turn)
        {
            if (_isEnded)
                return;
            _isEnded = true;
            if (--s_tracking > 0 || s_wasOn)
                return;
            Registry.IsOn = false;
            // A task that ends now is not taken off the list any more.
            Registry.Remove(Registry.Copy());
        }
    }

    private void Tick()
    {
        _ages.Add(Registry.LastNumber);
        if (Interlocked.Increment(ref _ticks) % TicksPerCleaning != 0 || Interlocked.Exchange(ref _isCleaning, 1) != 0)
            return;
        _waits.Look();
        Clean();
        Volatile.Write(ref _isCleaning, 0);
    }

    /// <summary>
    /// The list keeps what is on it from being collected. A task that nobody waits for and that runs nothing is in no chain; if somebody waits for it later,
    /// it is found by who does.
    /// </summary>
    internal void Clean() => Registry.Remove(Registry.Copy().Where(task => task.IsCompleted || IsIdle(task)));

    private bool IsIdle(Task task) => Registry.Continuation(task) is null && !Registry.HasAction(task) && !LiveTasks.IsMethod(task);
}
