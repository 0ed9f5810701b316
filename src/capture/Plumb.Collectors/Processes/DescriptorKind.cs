using System.Globalization;

namespace Plumb.Collectors.Processes;

/// <summary>What an open file descriptor stands for, from where its link in <c>/proc/PID/fd</c> points.</summary>
public static class DescriptorKind
{
    public const string Socket = "socket";
    public const string Pipe = "pipe";
    public const string File = "file";
    public const string Device = "device";
    public const string Memory = "memfd";
    public const string Other = "other";

    /// <summary>The kind of a link target: one of the constants above, or what the kernel calls an anonymous inode (<c>eventpoll</c>,
    /// <c>eventfd</c>, <c>inotify</c>, <c>timerfd</c>, …).</summary>
    public static string Of(string linkTarget)
    {
        ArgumentNullException.ThrowIfNull(linkTarget);
        return linkTarget switch
        {
            _ when linkTarget.StartsWith("socket:", StringComparison.Ordinal) => Socket,
            _ when linkTarget.StartsWith("pipe:", StringComparison.Ordinal) => Pipe,
            _ when linkTarget.StartsWith("anon_inode:", StringComparison.Ordinal) => Anonymous(linkTarget["anon_inode:".Length..]),
            _ when linkTarget.StartsWith("/memfd:", StringComparison.Ordinal) => Memory,
            _ when linkTarget.StartsWith("/dev/", StringComparison.Ordinal) => Device,
            _ when linkTarget.StartsWith('/') => File,
            _ => Other,
        };
    }

    /// <summary>The inode of <c>socket:[123]</c>; false for every other link.</summary>
    public static bool TryGetSocketInode(string linkTarget, out long inode)
    {
        ArgumentNullException.ThrowIfNull(linkTarget);
        inode = 0;
        return linkTarget.StartsWith("socket:[", StringComparison.Ordinal)
            && linkTarget.EndsWith(']')
            && long.TryParse(
                linkTarget.AsSpan("socket:[".Length..^1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out inode);
    }

    // [eventpoll] with brackets, or inotify and bpf-map without. Kernel modules name their own: anything unusual is "other", so
    // that a name can be part of a metric's name.
    private static string Anonymous(string name)
    {
        string bare = name.Trim('[', ']');
        return bare.Length is > 0 and <= 32 && bare.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? bare : Other;
    }
}
