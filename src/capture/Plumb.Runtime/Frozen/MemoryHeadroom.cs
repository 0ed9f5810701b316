using System.Globalization;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Frozen;

/// <summary>
/// Whether there is memory for a copy of a process. The copy shares everything at first, but a full collection while it lives
/// writes to the whole heap, which then is there twice.
/// </summary>
internal static class MemoryHeadroom
{
    private const string Mount = "/sys/fs/cgroup";

    /// <exception cref="ProfileUnavailableException">There is not.</exception>
    public static void Check(TargetProcess target)
    {
        long heap = target.IsOwn ? GC.GetGCMemoryInfo().HeapSizeBytes : PrivateBytes(target);
        long free = Free(target);
        if (free < heap)
            throw new ProfileUnavailableException(string.Create(CultureInfo.InvariantCulture, $"a copy of the process may need as much memory as its heap, {heap >> 20} MB, and {free >> 20} MB are free"));
    }

    private static long Free(TargetProcess target)
    {
        long free = Available();
        foreach (string group in Groups(target))
        {
            if ((Number($"{group}/memory.max") ?? Number($"{group}/memory.limit_in_bytes")) is { } most
                && (Number($"{group}/memory.current") ?? Number($"{group}/memory.usage_in_bytes")) is { } now)
            {
                free = Math.Min(free, most - now);
            }
        }

        return free;
    }

    /// <summary>The groups that a process is in, from the innermost to the outermost, and those that it calls so itself: each may have a limit.</summary>
    private static IEnumerable<string> Groups(TargetProcess target)
    {
        yield return Mount;
        yield return $"{Mount}/memory";
        if (target.IsOwn)
            yield break;
        foreach (string line in SystemFile.Lines($"{target.Folder}/cgroup"))
        {
            if (line.Split(':', 3) is not [_, "" or "memory", var path])
                continue;
            string mount = line.StartsWith("0:", StringComparison.Ordinal) ? Mount : $"{Mount}/memory";
            for (string? group = path.TrimEnd('/'); !string.IsNullOrEmpty(group); group = Path.GetDirectoryName(group)?.TrimEnd('/'))
                yield return mount + group;
        }
    }

    /// <summary>What the heap of another process can be at most: its memory that is backed by no file.</summary>
    private static long PrivateBytes(TargetProcess target) => Kilobytes($"{target.Folder}/status", "RssAnon:") is var bytes and < long.MaxValue ? bytes : 0;

    private static long Available() => Kilobytes("/proc/meminfo", "MemAvailable:");

    private static long Kilobytes(string file, string name)
    {
        foreach (string line in SystemFile.Lines(file))
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && long.TryParse(line.AsSpan(name.Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture, out long kilobytes))
                return kilobytes * 1024;
        }

        return long.MaxValue;
    }

    /// <returns>Null for no such file, and for "max".</returns>
    private static long? Number(string path) =>
        SystemFile.Lines(path) is [var line, ..] && long.TryParse(line, CultureInfo.InvariantCulture, out long value) ? value : null;
}
