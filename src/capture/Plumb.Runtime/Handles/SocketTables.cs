using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Handles;

/// <summary>
/// The sockets of another process, from the tables of the network that it is in (<c>/proc/PID/net</c>): a descriptor of another process
/// cannot be asked itself.
/// </summary>
internal sealed class SocketTables
{
    private const int MaxRows = 2_000_000;
    private const int Listening = 10;

    private readonly Dictionary<string, SocketFacts> _byInode = new(StringComparer.Ordinal);

    private SocketTables()
    {
    }

    /// <param name="folder">Of the process.</param>
    public static SocketTables Read(string folder)
    {
        var tables = new SocketTables();
        foreach (string protocol in (string[])["tcp", "tcp6", "udp", "udp6"])
            tables.ReadInternet($"{folder}/net/{protocol}", protocol[..3]);
        tables.ReadUnix($"{folder}/net/unix");
        return tables;
    }

    /// <param name="target">As the link of the descriptor says it: <c>socket:[4711]</c>.</param>
    /// <returns>Null for what is in no table.</returns>
    public SocketFacts? Find(int descriptor, string target)
    {
        const string Start = "socket:[";
        return target.StartsWith(Start, StringComparison.Ordinal) && target.EndsWith(']') ? _byInode.GetValueOrDefault(target[Start.Length..^1]) : null;
    }

    // number: local remote state queues timer retransmits user timeout inode …
    private void ReadInternet(string path, string protocol)
    {
        const int Inode = 9;
        foreach (string line in SystemFile.Lines(path, MaxRows).Skip(1))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length <= Inode || Endpoint(fields[1]) is not { } local || Endpoint(fields[2]) is not { } remote
                || !int.TryParse(fields[3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int state))
            {
                continue;
            }

            bool isTcp = protocol == "tcp";
            _byInode.TryAdd(fields[Inode], new SocketFacts
            {
                Protocol = protocol,
                Local = local.ToString(),
                Remote = remote.Port == 0 ? "" : remote.ToString(),
                IsListening = isTcp && state == Listening,
                State = isTcp ? TcpStates.Name(state) : "",
            });
        }
    }

    // number: references protocol flags type state inode path
    private void ReadUnix(string path)
    {
        const int Flags = 3;
        const int Inode = 6;
        const int Accepting = 0x10000;
        foreach (string line in SystemFile.Lines(path, MaxRows).Skip(1))
        {
            string[] fields = line.Split(' ', Inode + 2, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length <= Inode || !int.TryParse(fields[Flags], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int flags))
                continue;
            _byInode.TryAdd(fields[Inode], new SocketFacts
            {
                Protocol = "unix",
                Local = fields.Length > Inode + 1 ? fields[Inode + 1] : "",
                Remote = "",
                IsListening = (flags & Accepting) != 0,
                State = "",
            });
        }
    }

    /// <summary>Words of four bytes in the machine's order, in hexadecimal digits, and the port.</summary>
    private static IPEndPoint? Endpoint(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32) || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int port) || port > ushort.MaxValue)
            return null;
        byte[] address = new byte[colon / 2];
        for (int word = 0; word < address.Length; word += sizeof(uint))
        {
            if (!uint.TryParse(text.AsSpan(word * 2, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
                return null;
            BinaryPrimitives.WriteUInt32LittleEndian(address.AsSpan(word), value);
        }

        var found = new IPAddress(address);
        return new IPEndPoint(found.IsIPv4MappedToIPv6 ? found.MapToIPv4() : found, port);
    }
}
