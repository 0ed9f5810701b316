using Plumb.Agent.Contract;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Linking;

/// <summary>The agent's end of a connection. It is never the agent that listens: nothing can be asked of it that did not ask for it first.</summary>
internal unsafe struct LinkSocket
{
    private const uint Root = 0;

    private StreamSocket _socket;

    /// <summary>Connects to a socket of the own user or of root; to nobody else's.</summary>
    public static bool TryConnect(ReadOnlySpan<byte> path, out LinkSocket socket)
    {
        socket = default;
        if (!StreamSocket.TryConnect(path, out StreamSocket connected))
            return false;
        if (connected.TryGetPeer(out uint user) && (user == Root || user == LibC.EffectiveUser()))
        {
            socket._socket = connected;
            return true;
        }

        connected.Close();
        return false;
    }

    public void Close()
    {
        _socket.Close();
        _socket = default;
    }

    public readonly bool Answer(int status, void* bytes, nint count)
    {
        var answer = new LinkAnswer { Status = status, Bytes = count };
        return _socket.Send(&answer, sizeof(LinkAnswer)) && _socket.Send(bytes, count);
    }

    /// <summary>Gives a descriptor away with the answer.</summary>
    public readonly bool AnswerWithDescriptor(int status, int descriptor, void* bytes, nint count)
    {
        var answer = new LinkAnswer { Status = status, Bytes = count };
        return _socket.SendWithDescriptor(&answer, sizeof(LinkAnswer), descriptor) && _socket.Send(bytes, count);
    }

    public readonly bool Send(void* bytes, nint count) => _socket.Send(bytes, count);

    public readonly bool Receive(void* bytes, nint count) => _socket.Receive(bytes, count);
}
