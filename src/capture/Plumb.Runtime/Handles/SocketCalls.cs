using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Plumb.Runtime.Handles;

/// <summary>
/// What the system knows of a socket of this process, asked by its descriptor: no table of all connections of the machine is read.
/// A descriptor may be closed, and its number used again, at any moment; then the answer is about the new one, or there is none.
/// </summary>
internal static unsafe partial class SocketCalls
{
    private const int Unix = 1;
    private const int Internet = 2;
    private const int Internet6 = 10;
    private const int SocketLevel = 1;
    private const int TypeOption = 3;
    private const int AcceptingOption = 30;
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int StreamType = 1;
    private const int MaxAddress = 128;

    /// <summary>Null for what is no socket.</summary>
    public static SocketFacts? Ask(int descriptor)
    {
        byte* own = stackalloc byte[MaxAddress];
        uint length = MaxAddress;
        if (GetName(descriptor, own, &length) != 0)
            return null;
        int family = BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(own, 2));
        string local = Address(own, length);
        length = MaxAddress;
        string remote = GetPeer(descriptor, own, &length) == 0 ? Address(own, length) : "";
        bool isStream = Option(descriptor, SocketLevel, TypeOption) == StreamType;
        return new SocketFacts
        {
            Protocol = (family, isStream) switch
            {
                (Unix, _) => "unix",
                (Internet or Internet6, true) => "tcp",
                (Internet or Internet6, false) => "udp",
                _ => "other",
            },
            Local = local,
            Remote = remote,
            IsListening = Option(descriptor, SocketLevel, AcceptingOption) == 1,
            // The state is the first byte of struct tcp_info.
            State = isStream && family is Internet or Internet6 ? TcpStates.Name(Option(descriptor, TcpLevel, TcpInfo) & 0xFF) : "",
        };
    }

    private static int Option(int descriptor, int level, int option)
    {
        int value = 0;
        uint size = sizeof(int);
        return GetOption(descriptor, level, option, &value, &size) == 0 ? value : 0;
    }

    private static string Address(byte* address, uint length)
    {
        var bytes = new ReadOnlySpan<byte>(address, (int)Math.Min(length, MaxAddress));
        return bytes.Length < 2 ? "" : BinaryPrimitives.ReadUInt16LittleEndian(bytes) switch
        {
            Internet when bytes.Length >= 8 => new IPEndPoint(new IPAddress(bytes[4..8]), Port(bytes)).ToString(),
            Internet6 when bytes.Length >= 24 => new IPEndPoint(Plain(new IPAddress(bytes[8..24])), Port(bytes)).ToString(),
            Unix => UnixPath(bytes[2..]),
            _ => "",
        };
    }

    private static int Port(ReadOnlySpan<byte> address) => BinaryPrimitives.ReadUInt16BigEndian(address[2..]);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    // A name that begins with a zero is none in the file system.
    private static string UnixPath(ReadOnlySpan<byte> path) =>
        path is [0, .. var name] ? "@" + Encoding.UTF8.GetString(name.TrimEnd((byte)0)) : Encoding.UTF8.GetString(path.TrimEnd((byte)0));

    [LibraryImport("libc", EntryPoint = "getsockname")]
    private static partial int GetName(int descriptor, byte* address, uint* length);

    [LibraryImport("libc", EntryPoint = "getpeername")]
    private static partial int GetPeer(int descriptor, byte* address, uint* length);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    private static partial int GetOption(int descriptor, int level, int option, void* value, uint* size);
}
