using System.Globalization;

namespace Plumb.Runtime.Frozen;

/// <summary>
/// Whether there is memory for a copy of this process. The copy shares everything at first, but a full collection while it lives
/// writes to the whole heap, which then is there twice.
/// </summary>
internal static class MemoryHeadroom
{
    private static readonly (string Limit, string Used)[] s_groups =
    [
        ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ];

    /// <exception cref="ProfileUnavailableException">There is not.</exception>
    public static void Check()
    {
        long heap = GC.GetGCMemoryInfo().HeapSizeBytes;
        long free = Free();
        if (free < heap)
            throw new ProfileUnavailableException(string.Create(CultureInfo.InvariantCulture, $"a copy of the process may need as much memory as its heap, {heap >> 20} MB, and {free >> 20} MB are free"));
    }

    private static long Free()
    {
        long free = Available();
        foreach ((string limit, string used) in s_groups)
        {
            if (Number(limit) is { } most && Number(used) is { } now)
                free = Math.Min(free, most - now);
        }

        return free;
    }

    private static long Available()
    {
        foreach (string line in Lines("/proc/meminfo"))
        {
            if (line.StartsWith("MemAvailable:", StringComparison.Ordinal) && long.TryParse(line.AsSpan(13).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture, out long kilobytes))
                return kilobytes * 1024;
        }

        return long.MaxValue;
    }

    /// <returns>Null for no such file, and for "max".</returns>
    private static long? Number(string path) =>
        Lines(path) is [var line, ..] && long.TryParse(line, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
