using System.Diagnostics;
using Plumb.Runtime.Handles;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Statistics;

/// <summary>What the system counts of another process, by the names that it has for the own one.</summary>
internal static class ProcessStatistics
{
    public static IReadOnlyList<Statistic> Read(TargetProcess target)
    {
        var rows = new List<Statistic>();
        try
        {
            using var process = Process.GetProcessById(target.Id);
            rows.Add(new("process_resident_memory_bytes", "Memory that the system backs.", process.WorkingSet64));
            rows.Add(new("process_virtual_memory_bytes", "Address space.", process.VirtualMemorySize64));
            rows.Add(new("process_cpu_seconds_total", "CPU time, user and system.", process.TotalProcessorTime.TotalSeconds));
            rows.Add(new("process_start_time_seconds", "When it started, since 1970.", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1e3));
            rows.Add(new("process_threads", "Threads of the system.", process.Threads.Count));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return [];
        }

        if (OpenHandles.Count(target) is { } open)
            rows.Add(new("process_open_fds", "Open descriptors.", open));
        return rows;
    }
}
