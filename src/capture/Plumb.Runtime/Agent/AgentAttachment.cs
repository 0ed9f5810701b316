using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Plumb.Agent.Contract;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Agent;

/// <summary>
/// Has the runtime of another process load the agent, and waits for it to connect to a socket that exists for this alone. Who
/// connects must be that process. Whatever comes in between, neither socket nor file is left behind.
/// </summary>
internal sealed class AgentAttachment(TargetProcess target, TimeProvider time)
{
    private const int PeerCredentials = 17;
    private const int SocketLevel = 1;
    private const int Attempts = 5;
    private const uint OwnerOnly = 0b110_000_000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);

    private readonly Guid _token = new(RandomNumberGenerator.GetBytes(16));

    /// <exception cref="ProfileUnavailableException">The agent cannot be loaded there; the message says why.</exception>
    public async Task<AgentLink> AttachAsync(string agentPath, CancellationToken stop)
    {
        using AgentCopy copy = AgentCopy.For(target, agentPath);
        string name = Path.Combine(target.TemporaryFolder, $"plumb-{_token:N}"[..22]);
        string path = target.Root + name;
        if (Encoding.UTF8.GetByteCount(path) > AttachRequest.MaxPathBytes)
            throw new ProfileUnavailableException($"the name of the folder {target.TemporaryFolder} is too long for a socket in it");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            Listen(listener, path);
            await AttachAsync(copy.Path, name, listener, stop).ConfigureAwait(false);
            return AgentLink.Greet(target, Accept(listener), _token);
        }
        finally
        {
            Remove(path);
        }
    }

    private void Listen(Socket listener, string path)
    {
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            _ = LibC.ChangeMode(path, OwnerOnly);
            // Root looks at another user's process: that user is to reach it.
            if (LibC.EffectiveUser() != target.Owner.User && LibC.ChangeOwner(path, target.Owner.User, target.Owner.Group) != 0)
                throw new ProfileUnavailableException($"no socket can be made in {Path.GetDirectoryName(path)} for user {target.Owner.User}");
            listener.Listen(Attempts);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            throw new ProfileUnavailableException($"no socket can be made in {Path.GetDirectoryName(path)}: {e.Message}", e);
        }
    }

    private async Task AttachAsync(string agentPath, string name, Socket listener, CancellationToken stop)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // The client blocks while the runtime loads the library.
                await Task.Run(() => target.Client.AttachProfiler(Timeout, AgentContract.ClassId, agentPath, Request(name)), stop).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (RuntimeDiagnostics.IsRefusal(e))
            {
                // An agent that is at work already connects, and is not taken a second time.
                if (listener.Poll(0, SelectMode.SelectRead))
                    return;
                // One that is about to leave is gone soon.
                if (attempt == Attempts || target.HasEnded || !e.Message.Contains("0x80004005", StringComparison.OrdinalIgnoreCase))
                    throw RuntimeDiagnostics.Explain(target, e, $"load {agentPath}");
                await Task.Delay(Between, time, stop).ConfigureAwait(false);
            }
        }
    }

    private byte[] Request(string name)
    {
        var request = new AttachRequest { Magic = AgentContract.Magic, Version = AgentContract.Version, Token = _token };
        return [.. MemoryMarshal.AsBytes(new ReadOnlySpan<AttachRequest>(in request)), .. Encoding.UTF8.GetBytes(name)];
    }

    private Socket Accept(Socket listener)
    {
        if (!listener.Poll(Timeout, SelectMode.SelectRead))
            throw new ProfileUnavailableException("the runtime loaded the native agent, which did not connect");
        Socket socket = listener.Accept();
        // struct ucred: process, user, group.
        Span<byte> peer = stackalloc byte[3 * sizeof(int)];
        if (socket.GetRawSocketOption(SocketLevel, PeerCredentials, peer) == peer.Length && BinaryPrimitives.ReadInt32LittleEndian(peer) == target.Id)
            return socket;
        socket.Dispose();
        throw new ProfileUnavailableException($"another process than {target.Id} connected");
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder went with its container.
        }
    }
}
