using System.Net.Sockets;
using System.Runtime.InteropServices;
using Plumb.Agent.Contract;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Agent;

/// <summary>
/// The agent at work in another process, over a connection that it made to this one. When the connection ends, by whatever cause, the
/// agent leaves that process. Safe for concurrent use: one question at a time.
/// </summary>
internal sealed class AgentLink : IAgent
{
    private const long MaxAnswer = 1L << 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private readonly TargetProcess _target;
    private readonly Socket _socket;
    private bool _hasLeft;

    private AgentLink(TargetProcess target, Socket socket, bool wasSampling)
    {
        _target = target;
        _socket = socket;
        WasSampling = wasSampling;
    }

    /// <summary>Whether the agent was there before: then its samples reach further back than this link.</summary>
    public bool WasSampling { get; }

    /// <param name="socket">Just connected; taken over.</param>
    /// <exception cref="ProfileUnavailableException">It is another agent, or one of another build.</exception>
    public static AgentLink Greet(TargetProcess target, Socket socket, Guid token)
    {
        socket.ReceiveTimeout = socket.SendTimeout = (int)Patience.TotalMilliseconds;
        var hello = default(LinkHello);
        try
        {
            Receive(socket, MemoryMarshal.AsBytes(new Span<LinkHello>(ref hello)));
        }
        catch (SocketException e)
        {
            throw new ProfileUnavailableException("the native agent connected and said nothing", e);
        }

        if (hello.Magic != AgentContract.Magic || hello.Token != token)
            throw new ProfileUnavailableException("something else than the native agent connected");
        return hello.Version == AgentContract.Version
            ? new AgentLink(target, socket, hello.WasSampling != 0)
            : throw new ProfileUnavailableException($"process {target.Id} has loaded a native agent of version {hello.Version}, and this is version {AgentContract.Version}: use the plumb of that build, or restart the process");
    }

    public AgentSnapshot Read() => AgentSnapshot.Of(Ask(LinkRequest.Heap, 0, out _, null));

    public FrozenProcess Freeze()
    {
        var passed = new PassedDescriptor();
        byte[] answer = Ask(LinkRequest.Freeze, 0, out int fault, passed);
        if (fault != (int)FreezeFault.None || answer.Length != sizeof(int) || passed.Descriptor < 0)
            throw AgentFaults.Explain((FreezeFault)fault);
        int process = MemoryMarshal.Read<int>(answer);
        return new FrozenProcess(-1, passed.Descriptor, () => Thaw(process));
    }

    public long TaskClass() => Ask(LinkRequest.TaskClass, 0, out _, null) is { Length: sizeof(long) } answer ? MemoryMarshal.Read<long>(answer) : 0;

    public void Collect()
    {
        _ = Ask(LinkRequest.Collect, 0, out int result, null);
        if (result < 0)
            throw new ProfileUnavailableException($"the runtime did not collect garbage (0x{result:X8})");
    }

    public void BeginCpu(int hertz)
    {
        _ = Ask(LinkRequest.Cpu, hertz, out int fault, null);
        if (fault != (int)CpuFault.None)
            throw AgentFaults.Explain((CpuFault)fault);
    }

    public AgentSnapshot EndCpu()
    {
        _ = Ask(LinkRequest.Cpu, CpuOrder.End, out _, null);
        return AgentSnapshot.Of(Ask(LinkRequest.CpuRead, 0, out _, null));
    }

    public void ForgetCpu()
    {
        try
        {
            _ = Ask(LinkRequest.Cpu, CpuOrder.GiveUp, out _, null);
        }
        catch (ProfileUnavailableException)
        {
            // It goes with the agent.
        }
    }

    /// <summary>Waits until the runtime has let go of the agent, unless somebody else in its process needs it.</summary>
    public void Stop()
    {
        lock (_turn)
        {
            if (_hasLeft)
                return;
            _hasLeft = true;
        }

        try
        {
            _ = Ask(LinkRequest.Leave, 0, out _, null);
        }
        catch (ProfileUnavailableException)
        {
            // The process has ended, and the agent with it.
        }

        _socket.Dispose();
    }

    private void Thaw(int process)
    {
        try
        {
            _ = Ask(LinkRequest.Thaw, process, out _, null);
        }
        catch (ProfileUnavailableException)
        {
            // The copy ends with the process that it is of.
        }
    }

    private byte[] Ask(int operation, long argument, out int status, PassedDescriptor? passed)
    {
        lock (_turn)
        {
            if (_hasLeft && operation != LinkRequest.Leave)
                throw AgentFaults.Stopped();
            try
            {
                var request = new LinkRequest { Operation = operation, Argument = argument };
                Send(MemoryMarshal.AsBytes(new ReadOnlySpan<LinkRequest>(in request)));
                return Answer(out status, passed);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                throw new ProfileUnavailableException(_target.HasEnded ? $"process {_target.Id} has ended" : "the native agent does not answer", e);
            }
        }
    }

    private byte[] Answer(out int status, PassedDescriptor? passed)
    {
        var answer = default(LinkAnswer);
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<LinkAnswer>(ref answer));
        int first = passed?.Receive(_socket, bytes) ?? 0;
        Receive(_socket, bytes[first..]);
        if (answer.Bytes is < 0 or > MaxAnswer)
            throw new ProfileUnavailableException("the native agent gave an answer that is none");
        // What is there decides, not what is promised: memory grows as the bytes come.
        status = answer.Status;
        byte[] content = [];
        for (int filled = 0; filled < answer.Bytes;)
        {
            const int Step = 1 << 20;
            int next = (int)Math.Min(answer.Bytes, Math.Max(filled * 2L, Step));
            Array.Resize(ref content, next);
            Receive(_socket, content.AsSpan(filled));
            filled = next;
        }

        return content;
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[_socket.Send(bytes)..];
    }

    private static void Receive(Socket socket, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int read = socket.Receive(bytes);
            if (read == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            bytes = bytes[read..];
        }
    }
}
