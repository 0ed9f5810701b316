using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Plumb.Runtime.Statistics;

/// <summary>What the runtime counts of itself, at once and at no cost: memory, collections, threads, timers, locks, code.</summary>
public static class RuntimeStatistics
{
    /// <summary>Rows of one name stand together.</summary>
    public static IReadOnlyList<Statistic> Read()
    {
        var rows = new List<Statistic>();
        AddProcess(rows);
        AddHeap(rows);
        AddWork(rows);
        return rows;
    }

    /// <summary>As the page that Prometheus scrapes.</summary>
    public static string Format(IReadOnlyList<Statistic> rows)
    {
        var text = new StringBuilder();
        string last = "";
        foreach (Statistic row in rows)
        {
            if (row.Name != last)
                text.Append(CultureInfo.InvariantCulture, $"# HELP {row.Name} {row.Help}\n# TYPE {row.Name} {(row.IsCounter ? "counter" : "gauge")}\n");
            last = row.Name;
            string labels = row.Label.Length == 0 ? "" : $"{{{row.Label}}}";
            text.Append(CultureInfo.InvariantCulture, $"{row.Name}{labels} {row.Value}\n");
        }

        return text.ToString();
    }

    private static void AddProcess(List<Statistic> rows)
    {
        using var own = Process.GetCurrentProcess();
        rows.Add(new("process_resident_memory_bytes", "Memory that the system backs.", Environment.WorkingSet));
        rows.Add(new("process_virtual_memory_bytes", "Address space.", own.VirtualMemorySize64));
        rows.Add(new("process_cpu_seconds_total", "CPU time, user and system.", Environment.CpuUsage.TotalTime.TotalSeconds));
        rows.Add(new("process_start_time_seconds", "When it started, since 1970.", new DateTimeOffset(own.StartTime).ToUnixTimeMilliseconds() / 1e3));
        rows.Add(new("process_threads", "Threads of the system.", own.Threads.Count));
        if (Directory.Exists("/proc/self/fd"))
            rows.Add(new("process_open_fds", "Open descriptors.", Directory.EnumerateFileSystemEntries("/proc/self/fd").Count()));
    }

    private static void AddHeap(List<Statistic> rows)
    {
        GCMemoryInfo gc = GC.GetGCMemoryInfo();
        rows.Add(new("dotnet_gc_heap_size_bytes", "Heap after the last collection, with its holes.", gc.HeapSizeBytes));
        rows.Add(new("dotnet_gc_heap_fragmented_bytes", "Holes in it.", gc.FragmentedBytes));
        rows.Add(new("dotnet_gc_committed_bytes", "Memory that the collector keeps from the system.", gc.TotalCommittedBytes));
        rows.Add(new("dotnet_gc_live_bytes", "Objects, dead ones that are not collected included.", GC.GetTotalMemory(forceFullCollection: false)));
        rows.Add(new("dotnet_gc_allocated_bytes_total", "Allocated since the start.", GC.GetTotalAllocatedBytes()));
        rows.Add(new("dotnet_gc_memory_limit_bytes", "What the collector takes for the memory there is.", gc.TotalAvailableMemoryBytes));
        rows.Add(new("dotnet_gc_memory_load_bytes", "What is taken of it.", gc.MemoryLoadBytes));
        rows.Add(new("dotnet_gc_pinned_objects", "Pinned objects that the last collection met.", gc.PinnedObjectsCount));
        rows.Add(new("dotnet_gc_finalization_pending", "Objects that wait for their finalizer.", gc.FinalizationPendingCount));
        rows.Add(new("dotnet_gc_pause_seconds_total", "Time for which everything stood still.", GC.GetTotalPauseDuration().TotalSeconds));
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
            rows.Add(new("dotnet_gc_collections_total", "Collections of this generation and the younger ones.", GC.CollectionCount(generation), $"generation=\"{generation}\""));
        string[] heaps = ["0", "1", "2", "large", "pinned"];
        for (int heap = 0; heap < Math.Min(heaps.Length, gc.GenerationInfo.Length); heap++)
            rows.Add(new("dotnet_gc_generation_bytes", "Size after the last collection.", gc.GenerationInfo[heap].SizeAfterBytes, $"generation=\"{heaps[heap]}\""));
    }

    private static void AddWork(List<Statistic> rows)
    {
        rows.Add(new("dotnet_threadpool_threads", "Threads of the pool.", ThreadPool.ThreadCount));
        rows.Add(new("dotnet_threadpool_queue_length", "Work that waits for one.", ThreadPool.PendingWorkItemCount));
        rows.Add(new("dotnet_threadpool_completed_total", "Work done.", ThreadPool.CompletedWorkItemCount));
        rows.Add(new("dotnet_timers", "Timers that are set.", Timer.ActiveCount));
        rows.Add(new("dotnet_lock_contentions_total", "Waits for a lock that another thread held.", Monitor.LockContentionCount));
        rows.Add(new("dotnet_jit_methods_total", "Methods compiled.", System.Runtime.JitInfo.GetCompiledMethodCount()));
        rows.Add(new("dotnet_jit_seconds_total", "Time that took.", System.Runtime.JitInfo.GetCompilationTime().TotalSeconds));
        rows.Add(new("dotnet_assemblies", "Assemblies loaded.", AppDomain.CurrentDomain.GetAssemblies().Length));
    }
}
