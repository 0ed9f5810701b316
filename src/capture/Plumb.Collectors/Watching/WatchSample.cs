namespace Plumb.Collectors.Watching;

/// <summary>The figures of a service at one moment. What is not known is NaN.</summary>
public sealed record WatchSample
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the service answered.</summary>
    public bool IsAnswered { get; init; } = true;

    /// <summary>Heap spans with an object in them (<c>HeapInuse</c>).</summary>
    public double HeapInUseBytes { get; init; } = double.NaN;

    /// <summary>Heap spans without one, obtained from the system and not returned yet (<c>HeapIdle</c> less <c>HeapReleased</c>).</summary>
    public double HeapIdleBytes { get; init; } = double.NaN;

    /// <summary>Memory that the runtime obtained from the system and has not returned (<c>Sys</c> less <c>HeapReleased</c>).</summary>
    public double SystemBytes { get; init; } = double.NaN;

    /// <summary>The heap size at which the next collection starts.</summary>
    public double NextCollectionBytes { get; init; } = double.NaN;

    /// <summary>Memory of the process that is in RAM.</summary>
    public double ResidentBytes { get; init; } = double.NaN;

    public double Goroutines { get; init; } = double.NaN;

    public double Threads { get; init; } = double.NaN;

    public double Descriptors { get; init; } = double.NaN;

    /// <summary>TCP sockets by the name of their state; listening ones are left out.</summary>
    public IReadOnlyDictionary<string, double> Connections { get; init; } = new Dictionary<string, double>();

    /// <summary>CPU time since the sample before, by the second: 1 is one core.</summary>
    public double Cores { get; init; } = double.NaN;

    /// <summary>Requests served since the sample before, by the second.</summary>
    public double RequestsPerSecond { get; init; } = double.NaN;

    /// <summary>Collections since the sample before, those that Plumb asks for included.</summary>
    public double Collections { get; init; } = double.NaN;

    /// <summary>The longest pause of a collection since the sample before.</summary>
    public double PauseSeconds { get; init; } = double.NaN;

    public double MemoryLimitBytes { get; init; } = double.NaN;

    /// <summary>GOMEMLIMIT.</summary>
    public double SoftMemoryLimitBytes { get; init; } = double.NaN;

    public double DescriptorLimit { get; init; } = double.NaN;

    /// <summary>The process on its machine; NaN when it runs elsewhere.</summary>
    public double ProcessId { get; init; } = double.NaN;

    /// <summary>When the process started, in seconds since the Unix epoch.</summary>
    public double StartTimeSeconds { get; init; } = double.NaN;

    /// <summary>What could not be had, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>One sample for two: the newer one, with the longest pause and all collections of both.</summary>
    public static WatchSample Merge(WatchSample older, WatchSample newer)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(newer);
        return newer with
        {
            PauseSeconds = double.IsNaN(newer.PauseSeconds) ? older.PauseSeconds : Math.Max(newer.PauseSeconds, double.IsNaN(older.PauseSeconds) ? 0 : older.PauseSeconds),
            Collections = double.IsNaN(newer.Collections) ? older.Collections : newer.Collections + (double.IsNaN(older.Collections) ? 0 : older.Collections),
        };
    }

    /// <summary>Whether this sample is of another life of the process than the one before.</summary>
    public bool IsRestartAfter(WatchSample before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return Differs(before.ProcessId, ProcessId, 0) || Differs(before.StartTimeSeconds, StartTimeSeconds, StartTimeTolerance);
    }

    private const double StartTimeTolerance = 2;

    private static bool Differs(double before, double now, double tolerance) => Math.Abs(before - now) > tolerance;
}
