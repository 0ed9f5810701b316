namespace Plumb.Collectors.Processes;

/// <summary>Reads the metrics of one process again and again, and notices when its pid has passed to another one.</summary>
public sealed class ProcessProbe
{
    private readonly ProcFolder _folder;
    private readonly long _startTicks;

    private ProcessProbe(ProcFolder folder, int pid, long startTicks)
    {
        _folder = folder;
        Pid = pid;
        _startTicks = startTicks;
    }

    public int Pid { get; }

    /// <summary>A probe for a process that exists now; null when it does not.</summary>
    public static ProcessProbe? For(ProcFolder folder, int pid)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return StatOf(folder, pid) is { } stat ? new ProcessProbe(folder, pid, stat.StartTicks) : null;
    }

    /// <summary>The metrics now; null when the process has ended.</summary>
    public ProcessMetrics? Read()
    {
        if (StatOf(_folder, Pid) is not { } stat || stat.StartTicks != _startTicks)
        {
            return null;
        }

        IReadOnlyList<string> links = _folder.Descriptors(Pid) ?? [];
        string environment = _folder.ReadOf(Pid, "environ") ?? "";
        return new ProcessMetrics
        {
            Pid = Pid,
            Name = stat.Name,
            StartedAt = BootTime() + Ticks(stat.StartTicks),
            RssBytes = _folder.ReadOf(Pid, "status") is { } status ? ProcFields.SizeBytes(status, "VmRSS") : null,
            CpuTime = Ticks(stat.CpuTicks),
            Threads = stat.Threads,
            Descriptors = CountKinds(links),
            TcpSockets = CountStates(links),
            MemoryLimitBytes = MemoryLimit(),
            DescriptorLimit = _folder.ReadOf(Pid, "limits") is { } limits ? ProcFields.OpenFilesLimit(limits) : null,
            GoGcPercent = GoSettings.GcPercent(environment),
            GoMemoryLimitBytes = GoSettings.MemoryLimitBytes(environment),
        };
    }

    private static ProcessStat? StatOf(ProcFolder folder, int pid) =>
        folder.ReadOf(pid, "stat") is { } text && ProcessStat.TryParse(text, out ProcessStat stat) ? stat : null;

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks * (TimeSpan.TicksPerSecond / ProcessStat.TicksPerSecond));

    private static Dictionary<string, int> CountKinds(IReadOnlyList<string> links)
    {
        Dictionary<string, int> kinds = new(StringComparer.Ordinal);
        foreach (string link in links)
        {
            string kind = DescriptorKind.Of(link);
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        }

        return kinds;
    }

    private Dictionary<TcpState, int> CountStates(IReadOnlyList<string> links)
    {
        HashSet<long> own = [];
        foreach (string link in links)
        {
            if (DescriptorKind.TryGetSocketInode(link, out long inode))
            {
                own.Add(inode);
            }
        }

        Dictionary<TcpState, int> states = [];
        if (own.Count == 0)
        {
            return states;
        }

        foreach (TcpSocket socket in _folder.TcpSockets(Pid))
        {
            if (own.Contains(socket.Inode))
            {
                states[socket.State] = states.GetValueOrDefault(socket.State) + 1;
            }
        }

        return states;
    }

    private DateTimeOffset? BootTime() => _folder.Read("stat") is { } stat ? ProcFields.BootTime(stat) : null;

    private long? MemoryLimit()
    {
        if (_folder.ReadOf(Pid, "cgroup") is not { } cgroup)
        {
            return null;
        }

        long? smallest = null;
        foreach (string file in CgroupMemory.LimitFiles(cgroup))
        {
            if (_folder.ReadCgroup(file) is { } text && CgroupMemory.ParseLimit(text) is { } limit)
            {
                smallest = Math.Min(limit, smallest ?? long.MaxValue);
            }
        }

        return smallest;
    }
}
