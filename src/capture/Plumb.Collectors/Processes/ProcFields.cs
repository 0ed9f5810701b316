using System.Globalization;

namespace Plumb.Collectors.Processes;

/// <summary>Reads single figures from the line-by-line files of <c>/proc</c>.</summary>
public static class ProcFields
{
    /// <summary>The figure behind <paramref name="name"/> in <c>/proc/PID/status</c>, in bytes: <c>VmRSS:   12345 kB</c>.</summary>
    public static long? SizeBytes(string status, string name)
    {
        ArgumentNullException.ThrowIfNull(status);
        foreach (ReadOnlySpan<char> line in status.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(name, StringComparison.Ordinal) || line.Length <= name.Length || line[name.Length] != ':')
            {
                continue;
            }

            ReadOnlySpan<char> value = line[(name.Length + 1)..].Trim();
            return value.EndsWith(" kB", StringComparison.Ordinal) && TryParse(value[..^3], out long kibibytes) && kibibytes <= long.MaxValue >> 10
                ? kibibytes << 10
                : null;
        }

        return null;
    }

    /// <summary>The soft limit of <c>Max open files</c> in <c>/proc/PID/limits</c>; null when it is unlimited or not there.</summary>
    public static long? OpenFilesLimit(string limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        const string name = "Max open files";
        foreach (ReadOnlySpan<char> line in limits.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(name, StringComparison.Ordinal))
            {
                continue;
            }

            ReadOnlySpan<char> values = line[name.Length..].TrimStart();
            int end = values.IndexOf(' ');
            return TryParse(end < 0 ? values : values[..end], out long soft) ? soft : null;
        }

        return null;
    }

    /// <summary>When the machine booted, from <c>/proc/stat</c>: <c>btime 1732180000</c>.</summary>
    public static DateTimeOffset? BootTime(string stat)
    {
        ArgumentNullException.ThrowIfNull(stat);
        const string name = "btime ";
        foreach (ReadOnlySpan<char> line in stat.AsSpan().EnumerateLines())
        {
            // Beyond year 9999 DateTimeOffset cannot follow.
            if (line.StartsWith(name, StringComparison.Ordinal) && TryParse(line[name.Length..], out long seconds) && seconds < 253_402_300_800)
            {
                return DateTimeOffset.FromUnixTimeSeconds(seconds);
            }
        }

        return null;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
