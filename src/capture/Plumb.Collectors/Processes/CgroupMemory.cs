using System.Globalization;

namespace Plumb.Collectors.Processes;

/// <summary>Which files hold the memory limit of a process, and what they say; cgroup v1 and v2.</summary>
public static class CgroupMemory
{
    // v1 says "no limit" with the largest multiple of the page size below 2^63; no machine has 2^60 bytes.
    private const long Unlimited = 1L << 60;

    // Groups nest a handful of levels deep; a path with more is not one that the kernel wrote.
    private const int MaxDepth = 32;

    /// <summary>
    /// The limit files of the group and of every group around it, relative to the cgroup mount; the smallest of their figures counts.
    /// </summary>
    /// <param name="cgroup">The text of <c>/proc/PID/cgroup</c>: <c>0::/system.slice/shop.service</c> or <c>5:memory:/docker/…</c>.</param>
    /// <remarks>
    /// Inside a container the path may be that of the host while only the container's own group is mounted: the files at the mount
    /// itself are therefore always among the answers.
    /// </remarks>
    public static IReadOnlyList<string> LimitFiles(string cgroup)
    {
        ArgumentNullException.ThrowIfNull(cgroup);
        List<string> files = [];
        foreach (ReadOnlySpan<char> line in cgroup.AsSpan().EnumerateLines())
        {
            int first = line.IndexOf(':');
            int second = first < 0 ? -1 : first + 1 + line[(first + 1)..].IndexOf(':');
            if (first < 0 || second <= first)
            {
                continue;
            }

            ReadOnlySpan<char> controllers = line[(first + 1)..second];
            string path = line[(second + 1)..].ToString();
            if (line[..first] is "0" && controllers.IsEmpty)
            {
                AddUpwards(files, "", path, "memory.max");
            }
            else if (HasMemory(controllers))
            {
                AddUpwards(files, "memory", path, "memory.limit_in_bytes");
            }
        }

        return files;
    }

    /// <summary>The figure in a limit file; null for "max", for v1's way of saying unlimited, and for anything else.</summary>
    public static long? ParseLimit(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return long.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes < Unlimited
            ? bytes
            : null;
    }

    private static bool HasMemory(ReadOnlySpan<char> controllers)
    {
        foreach (Range range in controllers.Split(','))
        {
            if (controllers[range] is "memory")
            {
                return true;
            }
        }

        return false;
    }

    private static void AddUpwards(List<string> files, string mount, string path, string file)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > MaxDepth)
        {
            parts = parts[..MaxDepth];
        }

        // "/../.." is how a group outside the own cgroup namespace is shown: it is not below the mount.
        int depth = Array.IndexOf(parts, "..") < 0 ? parts.Length : 0;
        for (; depth >= 0; depth--)
        {
            string folder = string.Join('/', parts[..depth]);
            files.Add(string.Join('/', new[] { mount, folder, file }.Where(part => part.Length > 0)));
        }
    }
}
