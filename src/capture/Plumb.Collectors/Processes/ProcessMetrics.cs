namespace Plumb.Collectors.Processes;

/// <summary>What the operating system says about a process at one moment. A figure that could not be read is null, a table empty.</summary>
public sealed record ProcessMetrics
{
    public required int Pid { get; init; }

    /// <summary>The command name, as the process chose it.</summary>
    public required string Name { get; init; }

    /// <summary>When the process started; a new time under the same address means that the service was restarted.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Memory of the process that is in RAM.</summary>
    public long? RssBytes { get; init; }

    /// <summary>CPU time of all threads since the start.</summary>
    public TimeSpan? CpuTime { get; init; }

    public int? Threads { get; init; }

    /// <summary>Open descriptors by <see cref="DescriptorKind"/>.</summary>
    public IReadOnlyDictionary<string, int> Descriptors { get; init; } = new Dictionary<string, int>();

    /// <summary>TCP sockets that the process holds, by state.</summary>
    public IReadOnlyDictionary<TcpState, int> TcpSockets { get; init; } = new Dictionary<TcpState, int>();

    /// <summary>The smallest memory limit of the control groups around the process.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>How many descriptors the process may have open (RLIMIT_NOFILE, soft).</summary>
    public long? DescriptorLimit { get; init; }

    /// <summary>GOGC as the process was started with: a percentage, -1 for "off"; null when it is not set or not readable.</summary>
    public int? GoGcPercent { get; init; }

    /// <summary>GOMEMLIMIT as the process was started with; null when it is not set, "off" or not readable.</summary>
    public long? GoMemoryLimitBytes { get; init; }
}
