using System.Net.Sockets;
using System.Runtime.InteropServices;
using Plumb.Agent.Contract;

namespace Plumb.Runtime.Agent;

/// <summary>A descriptor that comes with bytes over a socket (SCM_RIGHTS), which the framework's sockets leave out.</summary>
internal sealed unsafe partial class PassedDescriptor
{
    private const int CloseOnExec = 0x4000_0000;

    /// <summary>−1: none came.</summary>
    public int Descriptor { get; private set; } = -1;

    /// <returns>How many bytes were read, one at least.</returns>
    public int Receive(Socket socket, Span<byte> bytes)
    {
        // The framework keeps its sockets in a mode in which this call does not wait.
        if (!socket.Poll(TimeSpan.FromMilliseconds(socket.ReceiveTimeout), SelectMode.SelectRead))
            throw new SocketException((int)SocketError.TimedOut);
        fixed (byte* start = bytes)
        {
            var part = new MessagePart { Start = start, Length = bytes.Length };
            DescriptorMessage control = default;
            var head = new MessageHead { Parts = &part, PartCount = 1, Control = &control, ControlLength = sizeof(DescriptorMessage) };
            nint read = ReceiveMessage((int)socket.Handle, &head, CloseOnExec);
            if (read <= 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            if (head.ControlLength >= DescriptorMessage.UsedBytes && control is { Level: MessageHead.SocketLevel, Type: DescriptorMessage.Descriptors })
                Descriptor = control.Descriptor;
            return (int)read;
        }
    }

    [LibraryImport("libc", EntryPoint = "recvmsg")]
    private static partial nint ReceiveMessage(int socket, MessageHead* message, int flags);
}
