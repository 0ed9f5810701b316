using System.Runtime.InteropServices;
using Plumb.Agent.Contract;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Linking;

/// <summary>The agent's end of a connection. It is never the agent that listens: nothing can be asked of it that did not ask for it first.</summary>
internal unsafe struct LinkSocket
{
    private const ushort Unix = 1;
    private const int Stream = 1;
    private const int CloseOnExec = 0x8_0000;
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int NoSignal = 0x4000;
    private const int PassDescriptor = 1;
    private const int AddressSize = 110;
    private const uint Root = 0;

    private const int Interrupted = 4;

    private int _descriptor;

    private struct Credentials
    {
        public int Process;
        public uint User;
        public uint Group;
    }

    /// <summary>Connects to a socket of the own user or of root; to nobody else's.</summary>
    public static bool TryConnect(ReadOnlySpan<byte> path, out LinkSocket socket)
    {
        socket = default;
        int descriptor = LibC.Socket(Unix, Stream | CloseOnExec, 0);
        if (descriptor < 0)
            return false;
        byte* address = stackalloc byte[AddressSize];
        new Span<byte>(address, AddressSize).Clear();
        *(ushort*)address = Unix;
        path.CopyTo(new Span<byte>(address + sizeof(ushort), AddressSize - sizeof(ushort) - 1));
        if (LibC.Connect(descriptor, address, (uint)(sizeof(ushort) + path.Length + 1)) != 0 || !IsTrusted(descriptor))
        {
            _ = LibC.Close(descriptor);
            return false;
        }

        socket._descriptor = descriptor;
        return true;
    }

    public void Close()
    {
        if (_descriptor > 0)
            _ = LibC.Close(_descriptor);
        _descriptor = 0;
    }

    public readonly bool Answer(int status, void* bytes, nint count)
    {
        var answer = new LinkAnswer { Status = status, Bytes = count };
        return Send(&answer, sizeof(LinkAnswer)) && Send(bytes, count);
    }

    /// <summary>Gives a descriptor away with the answer.</summary>
    public readonly bool AnswerWithDescriptor(int status, int descriptor, void* bytes, nint count)
    {
        var answer = new LinkAnswer { Status = status, Bytes = count };
        var part = new MessagePart { Start = &answer, Length = sizeof(LinkAnswer) };
        var passed = new DescriptorMessage { Length = sizeof(DescriptorMessage) - sizeof(int), Level = SocketLevel, Type = PassDescriptor, Descriptor = descriptor };
        var message = new MessageHead { Parts = &part, PartCount = 1, Control = &passed, ControlLength = sizeof(DescriptorMessage) };
        return LibC.SendMessage(_descriptor, &message, NoSignal) == sizeof(LinkAnswer) && Send(bytes, count);
    }

    public readonly bool Send(void* bytes, nint count)
    {
        for (nint done = 0; done < count;)
        {
            nint sent = LibC.Send(_descriptor, (byte*)bytes + done, count - done, NoSignal);
            if (sent < 0 && WasInterrupted)
                continue;
            if (sent <= 0)
                return false;
            done += sent;
        }

        return true;
    }

    public readonly bool Receive(void* bytes, nint count)
    {
        for (nint done = 0; done < count;)
        {
            nint read = LibC.Read(_descriptor, (byte*)bytes + done, count - done);
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

    private static bool IsTrusted(int descriptor)
    {
        Credentials peer;
        uint length = (uint)sizeof(Credentials);
        return LibC.GetOption(descriptor, SocketLevel, PeerCredentials, &peer, &length) == 0 && (peer.User == Root || peer.User == LibC.EffectiveUser());
    }
}
