using System.Net;

namespace Plumb.Collectors.Processes;

/// <summary>What came of looking for the process behind an address.</summary>
/// <param name="Pid">The process that listens there; null when there is none, or none that may be seen.</param>
/// <param name="Reason">Why there is no pid, for the person who asked; empty when there is one.</param>
public sealed record ListenerSearch(int? Pid, string Reason)
{
    /// <summary>Finds the process on this machine that listens on <paramref name="port"/> of one of <paramref name="addresses"/>.</summary>
    /// <remarks>
    /// The socket's inode comes from <c>/proc/net/tcp</c>, its owner from <c>/proc/*/fd</c>. A socket that several processes hold was
    /// handed on by a parent (systemd's socket activation, a pre-forking server): the youngest of them is the one that serves.
    /// </remarks>
    public static ListenerSearch Find(ProcFolder folder, IReadOnlyCollection<IPAddress> addresses, int port)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(addresses);
        HashSet<long> inodes = ListeningInodes(folder, addresses, port);
        if (inodes.Count == 0)
        {
            return new ListenerSearch(null, "no process in this network namespace listens there (a container, or a port forward)");
        }

        List<int> owners = Owners(folder, inodes, out bool hidden);
        if (owners.Count > 0)
        {
            return new ListenerSearch(Youngest(folder, owners), "");
        }

        return new ListenerSearch(null, hidden
            ? "the process belongs to another user: run as that user or as root to read its descriptors and memory"
            : "no process holds the listening socket");
    }

    private static HashSet<long> ListeningInodes(ProcFolder folder, IReadOnlyCollection<IPAddress> addresses, int port)
    {
        HashSet<long> exact = [];
        HashSet<long> any = [];
        foreach (TcpSocket socket in folder.TcpSockets())
        {
            if (socket.State != TcpState.Listen || socket.LocalPort != port || socket.Inode == 0)
            {
                continue;
            }

            if (addresses.Contains(socket.LocalAddress))
            {
                exact.Add(socket.Inode);
            }
            else if (socket.LocalAddress.Equals(IPAddress.Any) || socket.LocalAddress.Equals(IPAddress.IPv6Any))
            {
                any.Add(socket.Inode);
            }
        }

        // A socket bound to the address itself wins over one bound to all of them, as it does in the kernel.
        return exact.Count > 0 ? exact : any;
    }

    private static List<int> Owners(ProcFolder folder, HashSet<long> inodes, out bool hidden)
    {
        hidden = false;
        List<int> owners = [];
        foreach (int pid in folder.Pids())
        {
            if (folder.Descriptors(pid) is not { } links)
            {
                hidden = true;
                continue;
            }

            if (links.Any(link => DescriptorKind.TryGetSocketInode(link, out long inode) && inodes.Contains(inode)))
            {
                owners.Add(pid);
            }
        }

        return owners;
    }

    private static int Youngest(ProcFolder folder, List<int> pids) =>
        pids.MaxBy(pid => folder.ReadOf(pid, "stat") is { } text && ProcessStat.TryParse(text, out ProcessStat stat) ? stat.StartTicks : -1);
}
