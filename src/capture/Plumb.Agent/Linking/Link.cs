using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plumb.Agent.Contract;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Linking;

/// <summary>
/// A connection to a process that attached the agent from outside, and the thread that serves it. It ends with the connection, however
/// that process came to its end, and takes with it whatever was begun over it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Freed explicitly, as all of the agent's memory.")]
internal sealed unsafe class Link
{
    private const int StackBytes = 256 * 1024;
    private const int MaxFrozen = 4;
    private const int LeaveMilliseconds = 10_000;
    private const int StepMilliseconds = 5;

    private readonly Guid _token;
    private readonly byte[] _path;
    private LinkSocket _socket;
    private NativeArray<int> _frozen = new(MaxFrozen);
    private int _frozenCount;
    private bool _hasCpu;
    private bool _hasLeft;

    private Link(Guid token, ReadOnlySpan<byte> path)
    {
        _token = token;
        _path = path.ToArray();
    }

    /// <param name="data">An <see cref="AttachRequest"/>; nothing when the process attaches the agent to itself.</param>
    /// <returns>False for what is no such request.</returns>
    public static bool TryRead(byte* data, uint length, out Link? link)
    {
        link = null;
        if (length == 0)
            return true;
        long path = length - sizeof(AttachRequest);
        if (path is < 1 or > AttachRequest.MaxPathBytes)
            return false;
        var request = Unsafe.ReadUnaligned<AttachRequest>(data);
        if (request.Magic != AgentContract.Magic)
            return false;
        // Another version is told so in the greeting: only there can it be read.
        link = new Link(request.Token, new ReadOnlySpan<byte>(data + sizeof(AttachRequest), (int)path));
        return true;
    }

    /// <returns>False when nobody listens there, or somebody who has no business here.</returns>
    public bool Connect() => LinkSocket.TryConnect(_path, out _socket);

    public void Close()
    {
        _socket.Close();
        _frozen.Free();
    }

    public void Serve(bool wasSampling) => new Thread(() => Run(wasSampling), StackBytes) { IsBackground = true }.Start();

    private void Run(bool wasSampling)
    {
        var hello = new LinkHello
        {
            Magic = AgentContract.Magic,
            Version = AgentContract.Version,
            Token = _token,
            RuntimeMajor = AgentLife.RuntimeMajor,
            WasSampling = wasSampling ? 1 : 0,
        };
        AgentLife.WaitForStart();
        LinkRequest request;
        if (_socket.Send(&hello, sizeof(LinkHello)))
        {
            while (!_hasLeft && _socket.Receive(&request, sizeof(LinkRequest)) && Answer(request))
            {
            }
        }

        while (_frozenCount > 0)
            Thaw(_frozen[0]);
        if (_hasCpu)
            _ = AgentLife.Cpu(CpuOrder.GiveUp);
        if (!_hasLeft)
            _ = AgentLife.Leave();
        Close();
    }

    private bool Answer(LinkRequest request) => request.Operation switch
    {
        LinkRequest.Heap => Snapshot(&AgentLife.WriteHeap),
        LinkRequest.Cpu => Cpu((int)request.Argument),
        LinkRequest.CpuRead => Snapshot(&AgentLife.WriteCpu),
        LinkRequest.Freeze => Freeze(),
        LinkRequest.Thaw => Thaw((int)request.Argument) && _socket.Answer(0, null, 0),
        LinkRequest.Collect => _socket.Answer(AgentLife.Collect(), null, 0),
        LinkRequest.TaskClass => TaskClass(),
        LinkRequest.Leave => Leave(),
        _ => false,
    };

    private bool Snapshot(delegate*<byte*, nint, nint> write)
    {
        byte* buffer = null;
        nint capacity = 0;
        nint size;
        while ((size = write(buffer, capacity)) > capacity)
        {
            // It grows while it is read: a little more than was asked for.
            capacity = size + (size / 8);
            buffer = (byte*)NativeMemory.Realloc(buffer, (nuint)capacity);
        }

        bool isSent = _socket.Answer(0, buffer, size);
        NativeMemory.Free(buffer);
        return isSent;
    }

    private bool Cpu(int order)
    {
        CpuFault fault = AgentLife.Cpu(order);
        if (fault == CpuFault.None)
            _hasCpu = order > CpuOrder.GiveUp;
        return _socket.Answer((int)fault, null, 0);
    }

    private bool Freeze()
    {
        if (_frozenCount == MaxFrozen)
            return _socket.Answer((int)FreezeFault.NotForked, null, 0);
        FreezeFault fault = AgentLife.Freeze(out int process, out int socket);
        if (fault != FreezeFault.None)
            return _socket.Answer((int)fault, null, 0);
        _frozen[_frozenCount++] = process;
        bool isSent = _socket.AnswerWithDescriptor(0, socket, &process, sizeof(int));
        _ = LibC.Close(socket);
        return isSent;
    }

    /// <returns>False for a process that is none of ours to end.</returns>
    private bool Thaw(int process)
    {
        const int Kill = 9;
        const int AnyChild = 0x4000_0000;
        for (int i = 0; i < _frozenCount; i++)
        {
            if (_frozen[i] != process)
                continue;
            int status;
            _ = LibC.SendSignal(process, Kill);
            _ = LibC.Wait(process, &status, AnyChild);
            _frozen[i] = _frozen[--_frozenCount];
            return true;
        }

        return false;
    }

    private bool TaskClass()
    {
        long type = AgentLife.TaskClass();
        return _socket.Answer(0, &type, sizeof(long));
    }

    private bool Leave()
    {
        _ = AgentLife.Leave();
        _hasLeft = true;
        for (int waited = 0; AgentLife.State == AgentState.Stopping && waited < LeaveMilliseconds; waited += StepMilliseconds)
            Thread.Sleep(StepMilliseconds);
        return _socket.Answer((int)AgentLife.State, null, 0);
    }
}
