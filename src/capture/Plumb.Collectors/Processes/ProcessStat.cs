using System.Globalization;

namespace Plumb.Collectors.Processes;

/// <summary>What <c>/proc/PID/stat</c> tells, in clock ticks.</summary>
/// <param name="Name">The command name: at most 15 characters, chosen by the process itself, so escape it before showing it.</param>
/// <param name="CpuTicks">User and system time of all threads, ended ones included.</param>
/// <param name="StartTicks">Ticks from boot to the start of the process; with the pid it identifies a process across pid reuse.</param>
/// <param name="Threads">Threads that exist now.</param>
public readonly record struct ProcessStat(string Name, long CpuTicks, long StartTicks, int Threads)
{
    /// <summary>The unit of the ticks: Linux shows 100 a second to programs on every architecture that .NET runs on (USER_HZ).</summary>
    public const int TicksPerSecond = 100;

    /// <summary>Reads the line; false when it is cut off or not such a line.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ProcessStat stat)
    {
        stat = default;
        // The name is in parentheses and may itself hold spaces and parentheses: the last one closes it.
        int open = text.IndexOf('(');
        int close = text.LastIndexOf(')');
        if (open < 0 || close < open)
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[(close + 1)..];
        Span<Range> fields = stackalloc Range[22];
        int count = rest.SplitAny(fields, " \n", StringSplitOptions.RemoveEmptyEntries);
        // proc(5) numbers the fields from 1 and `state`, the first one here, is 3: utime is 14, stime 15, num_threads 20, starttime 22.
        if (count < 20
            || !long.TryParse(rest[fields[14 - 3]], NumberStyles.None, CultureInfo.InvariantCulture, out long user)
            || !long.TryParse(rest[fields[15 - 3]], NumberStyles.None, CultureInfo.InvariantCulture, out long system)
            || !int.TryParse(rest[fields[20 - 3]], NumberStyles.None, CultureInfo.InvariantCulture, out int threads)
            || !long.TryParse(rest[fields[22 - 3]], NumberStyles.None, CultureInfo.InvariantCulture, out long start))
        {
            return false;
        }

        stat = new ProcessStat(text[(open + 1)..close].ToString(), user + system, start, threads);
        return true;
    }
}
