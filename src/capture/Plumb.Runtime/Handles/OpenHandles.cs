using System.Globalization;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Handles;

/// <summary>What the process holds open, by kind and by what is at the other end.</summary>
internal static class OpenHandles
{
    private const string Anonymous = "anon_inode:";

    /// <summary>The descriptors: the file or the remote end, the folder or the direction, the kind.</summary>
    /// <exception cref="ProfileUnavailableException">There is no such list on this system.</exception>
    public static void AddTo(HandleProfile profile, TargetProcess process)
    {
        List<(int Descriptor, string Target)> open = List($"{process.Folder}/fd");
        Func<int, string, SocketFacts?> ask = process.IsOwn ? (descriptor, _) => SocketCalls.Ask(descriptor) : SocketTables.Read(process.Folder).Find;
        var sockets = open.Where(o => o.Target.StartsWith("socket:", StringComparison.Ordinal)).Select(o => (o.Descriptor, Facts: ask(o.Descriptor, o.Target))).ToDictionary(s => s.Descriptor, s => s.Facts);
        HashSet<string> listening = [.. sockets.Values.Where(s => s is { IsListening: true }).Select(s => PortOf(s!.Local))];
        foreach ((int descriptor, string target) in open)
        {
            SocketFacts? socket = sockets.GetValueOrDefault(descriptor);
            profile.Add(Places(target, socket, listening), socket?.State ?? "");
        }

        profile.Say($"{open.Count} open descriptors");
    }

    /// <returns>Null where the system does not say.</returns>
    public static int? Count(TargetProcess process)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"{process.Folder}/fd").Count();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static string[] Places(string target, SocketFacts? socket, HashSet<string> listening) => target switch
    {
        _ when socket is not null => Places(socket, listening),
        _ when target.StartsWith("socket:", StringComparison.Ordinal) => ["[closed meanwhile]", "socket"],
        _ when target.StartsWith("pipe:", StringComparison.Ordinal) => ["pipe"],
        _ when target.StartsWith(Anonymous, StringComparison.Ordinal) => [target[Anonymous.Length..].Trim('[', ']')],
        _ when target.StartsWith("/memfd:", StringComparison.Ordinal) => [target, "memory"],
        _ when target.StartsWith("/dev/", StringComparison.Ordinal) => [target, "device"],
        _ when target.StartsWith('/') => [target, Folder(target), "file"],
        _ => [target.Length == 0 ? "[closed meanwhile]" : target, "other"],
    };

    // Callers come from ever other ports: their address alone tells them apart.
    private static string[] Places(SocketFacts socket, HashSet<string> listening) => socket switch
    {
        { IsListening: true } => [$"listening on {socket.Local}", socket.Protocol, "socket"],
        { Protocol: "unix" } => [socket is { Remote.Length: > 0 } ? socket.Remote : socket.Local.Length > 0 ? socket.Local : "unnamed", "unix", "socket"],
        { Remote: "" } => ["not connected", socket.Protocol, "socket"],
        _ when listening.Contains(PortOf(socket.Local)) => [$"from {HostOf(socket.Remote)}", $"{socket.Protocol} in at port {PortOf(socket.Local)}", "socket"],
        _ => [$"to {socket.Remote}", $"{socket.Protocol} out", "socket"],
    };

    private static string PortOf(string endpoint) => endpoint[(endpoint.LastIndexOf(':') + 1)..];

    private static string HostOf(string endpoint) => endpoint[..Math.Max(0, endpoint.LastIndexOf(':'))];

    private static string Folder(string path) => path.LastIndexOf('/') is > 0 and int slash ? path[..(slash + 1)] : "/";

    private static List<(int Descriptor, string Target)> List(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ProfileUnavailableException($"there is no {folder}");
        var open = new List<(int, string)>();
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
                open.Add((descriptor, TargetOf(entry)));
        }

        return open;
    }

    private static string TargetOf(FileSystemInfo entry)
    {
        try
        {
            return entry.LinkTarget ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
