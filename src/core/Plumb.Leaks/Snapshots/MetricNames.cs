namespace Plumb.Leaks.Snapshots;

/// <summary>The figures of a process that the leak finder knows. Any other figure is kept and ignored.</summary>
public static class MetricNames
{
    /// <summary>Resident memory.</summary>
    public const string RssBytes = "rss_bytes";

    /// <summary>Open file descriptors of every kind.</summary>
    public const string Descriptors = "fds";

    /// <summary>Prefix of descriptors by kind: <c>fds.socket</c>, <c>fds.file</c>, <c>fds.pipe</c>, <c>fds.anon_inode</c>.</summary>
    public const string DescriptorKindPrefix = "fds.";

    public const string Sockets = "fds.socket";

    /// <summary>Prefix of TCP connections by state: <c>tcp.ESTABLISHED</c>, <c>tcp.CLOSE_WAIT</c>.</summary>
    public const string TcpPrefix = "tcp.";

    /// <summary>Operating system threads.</summary>
    public const string Threads = "threads";

    /// <summary>Requests served since the process started.</summary>
    public const string Requests = "requests";

    /// <summary>CPU time used since the process started.</summary>
    public const string CpuSeconds = "cpu_seconds";

    /// <summary>What the process may use of memory before it is killed.</summary>
    public const string MemoryLimitBytes = "memory_limit_bytes";

    /// <summary>RLIMIT_NOFILE, the soft one.</summary>
    public const string DescriptorLimit = "fds_limit";

    /// <summary>When the process started, in seconds since the Unix epoch.</summary>
    public const string StartTimeSeconds = "start_time_seconds";

    /// <summary>The process id on its machine.</summary>
    public const string ProcessId = "pid";

    /// <summary>GOGC in percent, negative when off.</summary>
    public const string GoGcPercent = "gogc_percent";

    /// <summary>GOMEMLIMIT.</summary>
    public const string GoMemoryLimitBytes = "gomemlimit_bytes";

    /// <summary>Connections of a database/sql pool that are in use, as client_golang's collector names them.</summary>
    public const string SqlInUse = "go_sql_in_use_connections";

    /// <summary>SetMaxOpenConns of that pool; 0 for no limit.</summary>
    public const string SqlMaxOpen = "go_sql_max_open_connections";

    /// <summary>What .NET's collector keeps from the system: live objects, garbage, and room to allocate in.</summary>
    public const string DotNetCommittedBytes = "dotnet_gc_committed_bytes";

    /// <summary>Methods that .NET has compiled since the process started.</summary>
    public const string DotNetCompiledMethods = "dotnet_jit_methods";
}
