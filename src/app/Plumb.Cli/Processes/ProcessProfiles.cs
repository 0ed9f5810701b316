using System.Globalization;
using Plumb.Cli.Leaks;
using Plumb.Collectors.Processes;
using Plumb.Runtime;

namespace Plumb.Cli.Processes;

/// <summary>The profiles of a .NET process that a command line names by its number.</summary>
internal static class ProcessProfiles
{
    /// <exception cref="LeaksException">It cannot be looked at; the message says why, and what to do.</exception>
    public static RuntimeProfiles Open(int pid, string agentPath)
    {
        try
        {
            return RuntimeProfiles.OfProcess(pid, agentPath);
        }
        catch (ProfileUnavailableException e)
        {
            throw new LeaksException(e.Message, AdviceFor(pid));
        }
    }

    private static string? AdviceFor(int pid)
    {
        if (!GoProgram.IsOne(pid))
            return null;
        var folder = new ProcFolder();
        string[] targets = [.. Ports(folder, pid).Select(port => string.Create(CultureInfo.InvariantCulture, $"plumb leaks localhost:{port}"))];
        string where = targets.Length > 0 ? $" It listens: {string.Join(", or ", targets)}." : "";
        return $"It is a Go program, whose profiles it serves itself: with net/http/pprof imported, 'plumb leaks http://HOST:PORT'.{where}";
    }

    private static IEnumerable<int> Ports(ProcFolder folder, int pid)
    {
        HashSet<long> own = [];
        foreach (string link in folder.Descriptors(pid) ?? [])
        {
            if (DescriptorKind.TryGetSocketInode(link, out long inode))
                own.Add(inode);
        }

        return folder.TcpSockets(pid).Where(socket => socket.State == TcpState.Listen && own.Contains(socket.Inode)).Select(socket => (int)socket.LocalPort).Distinct().Order();
    }
}
