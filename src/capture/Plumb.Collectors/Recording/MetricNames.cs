namespace Plumb.Collectors.Recording;

/// <summary>The names of a snapshot's metrics, as they stand in a saved series.</summary>
public static class MetricNames
{
    public const string RssBytes = "rss_bytes";
    public const string CpuSeconds = "cpu_seconds";
    public const string Threads = "threads";

    /// <summary>Open file descriptors of every kind.</summary>
    public const string Descriptors = "fds";

    /// <summary>Followed by a kind: <c>fds.socket</c>, <c>fds.file</c>, <c>fds.eventpoll</c>.</summary>
    public const string DescriptorPrefix = "fds.";

    /// <summary>Followed by a state: <c>tcp.ESTABLISHED</c>, <c>tcp.CLOSE_WAIT</c>.</summary>
    public const string TcpPrefix = "tcp.";

    /// <summary>Requests served since the start of the service or of the load; only differences mean something.</summary>
    public const string Requests = "requests";

    public const string MemoryLimitBytes = "memory_limit_bytes";
    public const string DescriptorLimit = "fds_limit";

    /// <summary>Seconds since 1970; changes when the service is restarted.</summary>
    public const string StartTimeSeconds = "start_time_seconds";
}
