using System.Runtime.InteropServices;
using Plumb.Agent.Contract;

namespace Plumb.Agent.Interop;

/// <summary>One end of a connection within this machine. What is sent or received is all of it or a failure; nothing is allocated.</summary>
internal readonly unsafe struct StreamSocket(int descriptor)
{
    private const ushort Unix = 1;
    private const int Stream = 1;
    private const int CloseOnExec = 0x8_0000;
    private const int PeerCredentials = 17;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;
    private const int AddressSize = 110;

    private struct Credentials
    {
        public int Process;
        public uint User;
        public uint Group;
    }

    /// <param name="ends">Two descriptors.</param>
    public static bool TryPair(int* ends) => LibC.SocketPair(Unix, Stream | CloseOnExec, 0, ends) == 0;

    /// <param name="path">Of a socket, <see cref="AttachRequest.MaxPathBytes"/> at most.</param>
    public static bool TryConnect(ReadOnlySpan<byte> path, out StreamSocket socket)
    {
        int descriptor = LibC.Socket(Unix, Stream | CloseOnExec, 0);
        socket = new StreamSocket(descriptor);
        if (descriptor < 0)
            return false;
        byte* address = stackalloc byte[AddressSize];
        new Span<byte>(address, AddressSize).Clear();
        *(ushort*)address = Unix;
        path.CopyTo(new Span<byte>(address + sizeof(ushort), AddressSize - sizeof(ushort) - 1));
        if (LibC.Connect(descriptor, address, (uint)(sizeof(ushort) + path.Length + 1)) == 0)
            return true;
        socket.Close();
        return false;
    }

    public void Close()
    {
        if (descriptor > 0)
            _ = LibC.Close(descriptor);
    }

    /// <summary>Who listened there.</summary>
    public bool TryGetPeer(out uint user)
    {
        Credentials peer = default;
        uint length = (uint)sizeof(Credentials);
        bool isKnown = LibC.GetOption(descriptor, MessageHead.SocketLevel, PeerCredentials, &peer, &length) == 0;
        user = peer.User;
        return isKnown;
    }

    public bool Send(void* bytes, nint count)
    {
        for (nint done = 0; done < count;)
        {
            nint sent = LibC.Send(descriptor, (byte*)bytes + done, count - done, NoSignal);
            if (sent < 0 && WasInterrupted)
                continue;
            if (sent <= 0)
                return false;
            done += sent;
        }

        return true;
    }

    /// <summary>Gives a descriptor away with the bytes, which are few.</summary>
    public bool SendWithDescriptor(void* bytes, nint count, int passed)
    {
        var part = new MessagePart { Start = bytes, Length = count };
        var control = new DescriptorMessage { Length = DescriptorMessage.UsedBytes, Level = MessageHead.SocketLevel, Type = DescriptorMessage.Descriptors, Descriptor = passed };
        var message = new MessageHead { Parts = &part, PartCount = 1, Control = &control, ControlLength = sizeof(DescriptorMessage) };
        return LibC.SendMessage(descriptor, &message, NoSignal) == count;
    }

    public bool Receive(void* bytes, nint count)
    {
        for (nint done = 0; done < count;)
        {
            nint read = LibC.Read(descriptor, (byte*)bytes + done, count - done);
            if (read < 0 && WasInterrupted)
                continue;
            if (read <= 0)
                return false;
            done += read;
        }

        return true;
    }

    // The application may have signals of its own.
    private static bool WasInterrupted => Marshal.GetLastSystemError() == Interrupted;
}
