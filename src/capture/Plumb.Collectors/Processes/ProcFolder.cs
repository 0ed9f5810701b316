using System.Globalization;
using System.Text;

namespace Plumb.Collectors.Processes;

/// <summary>Reads <c>/proc</c> and <c>/sys/fs/cgroup</c>, or copies of them. A process may end at any moment: what is gone reads as null
/// or as nothing.</summary>
public sealed class ProcFolder
{
    // The longest single file that is read whole; /proc/net/tcp, which can be longer, is read by line.
    private const int MaxTextBytes = 1 << 20;

    private readonly string _proc;
    private readonly string _cgroup;

    public ProcFolder(string proc = "/proc", string cgroup = "/sys/fs/cgroup")
    {
        _proc = proc;
        _cgroup = cgroup;
    }

    /// <summary>The process ids that exist now; none on a system without <c>/proc</c>.</summary>
    public IEnumerable<int> Pids()
    {
        if (!Directory.Exists(_proc))
        {
            yield break;
        }

        foreach (string folder in Directory.EnumerateDirectories(_proc))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
            {
                yield return pid;
            }
        }
    }

    /// <summary>A file of one process, such as <c>stat</c>.</summary>
    public string? ReadOf(int pid, string file) => ReadText(Path.Combine(_proc, pid.ToString(CultureInfo.InvariantCulture), file));

    /// <summary>A file of <c>/proc</c> itself, such as <c>stat</c>.</summary>
    public string? Read(string file) => ReadText(Path.Combine(_proc, file));

    /// <summary>A file below the cgroup mount.</summary>
    public string? ReadCgroup(string file) => ReadText(Path.Combine(_cgroup, file));

    /// <summary>The rows of <c>net/tcp</c> and <c>net/tcp6</c>: of the own network namespace, or of the one that <paramref name="pid"/> is in.</summary>
    public IEnumerable<TcpSocket> TcpSockets(int? pid = null)
    {
        string folder = pid is { } id ? Path.Combine(_proc, id.ToString(CultureInfo.InvariantCulture)) : _proc;
        return TcpSockets(Path.Combine(folder, "net", "tcp")).Concat(TcpSockets(Path.Combine(folder, "net", "tcp6")));
    }

    /// <summary>Where the descriptors of a process point; null when they may not be read (another user's process).</summary>
    public IReadOnlyList<string>? Descriptors(int pid)
    {
        var folder = new DirectoryInfo(Path.Combine(_proc, pid.ToString(CultureInfo.InvariantCulture), "fd"));
        List<string> links = [];
        try
        {
            foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
            {
                links.Add(LinkOf(entry));
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return links.Count > 0 ? links : null;
        }

        return links;
    }

    private static string LinkOf(FileSystemInfo entry)
    {
        try
        {
            return entry.LinkTarget ?? "";
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static IEnumerable<TcpSocket> TcpSockets(string path)
    {
        StreamReader reader;
        try
        {
            reader = new StreamReader(path, Encoding.ASCII);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        using (reader)
        {
            while (NextLine(reader) is { } line)
            {
                if (TcpTable.TryParseRow(line, out TcpSocket socket))
                {
                    yield return socket;
                }
            }
        }
    }

    private static string? NextLine(StreamReader reader)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? ReadText(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] buffer = new byte[4096];
            using var text = new MemoryStream();
            for (int read; text.Length < MaxTextBytes && (read = stream.Read(buffer)) > 0;)
            {
                text.Write(buffer, 0, read);
            }

            return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
