using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Plumb.Runtime.Agent;

/// <summary>A descriptor that comes with bytes over a socket (SCM_RIGHTS), which the framework's sockets leave out.</summary>
internal sealed unsafe partial class PassedDescriptor
{
    private const int SocketLevel = 1;
    private const int Descriptors = 1;
    private const int CloseOnExec = 0x4000_0000;

    /// <summary>−1: none came.</summary>
    public int Descriptor { get; private set; } = -1;

    [StructLayout(LayoutKind.Sequential)]
    private struct Head
    {
        public nint Name;
        public nint NameLength;
        public Part* Parts;
        public nint PartCount;
        public Control* Control;
        public nint ControlLength;
        public int Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        public byte* Start;
        public nint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Control
    {
        public nint Length;
        public int Level;
        public int Type;
        public int Descriptor;
        public int Padding;
    }

    /// <returns>How many bytes were read, one at least.</returns>
    public int Receive(Socket socket, Span<byte> bytes)
    {
        // The framework keeps its sockets in a mode in which this call does not wait.
        if (!socket.Poll(TimeSpan.FromMilliseconds(socket.ReceiveTimeout), SelectMode.SelectRead))
            throw new SocketException((int)SocketError.TimedOut);
        fixed (byte* start = bytes)
        {
            var part = new Part { Start = start, Length = bytes.Length };
            Control control = default;
            var head = new Head { Parts = &part, PartCount = 1, Control = &control, ControlLength = sizeof(Control) };
            nint read = ReceiveMessage((int)socket.Handle, &head, CloseOnExec);
            if (read <= 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            if (head.ControlLength >= sizeof(Control) - sizeof(int) && control is { Level: SocketLevel, Type: Descriptors })
                Descriptor = control.Descriptor;
            return (int)read;
        }
    }

    [LibraryImport("libc", EntryPoint = "recvmsg")]
    private static partial nint ReceiveMessage(int socket, Head* message, int flags);
}
