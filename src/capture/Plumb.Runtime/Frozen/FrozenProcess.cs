using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plumb.Agent.Contract;

namespace Plumb.Runtime.Frozen;

/// <summary>The copy of this process that the agent made. It is ended with this object, at the latest; the contract is <see cref="FrozenRequest"/>.</summary>
internal sealed class FrozenProcess : IFrozenHeap, IDisposable
{
    private const int MaxAnswer = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly int _process;
    private readonly Socket _socket;
    private readonly Action _ended;
    private byte[] _answer = new byte[4096];
    private bool _isEnded;

    /// <param name="ended">Called once the copy is no more.</param>
    public FrozenProcess(int process, int socket, Action ended)
    {
        _process = process;
        _ended = ended;
        _socket = new Socket(new SafeSocketHandle(socket, ownsHandle: true))
        {
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
            SendTimeout = (int)Patience.TotalMilliseconds,
        };
    }

    /// <exception cref="ProfileUnavailableException">The copy does not answer any more.</exception>
    public void Walk(ReadOnlySpan<long> classes, ObjectVisitor visit)
    {
        Send(new FrozenRequest { Operation = FrozenRequest.Walk, Count = classes.Length });
        Send(MemoryMarshal.AsBytes(classes));
        for (ReadOnlySpan<byte> piece; (piece = Answer()).Length > 0;)
        {
            while (piece.Length >= Unsafe.SizeOf<ObjectRow>())
            {
                ObjectRow row = MemoryMarshal.Read<ObjectRow>(piece);
                piece = piece[Unsafe.SizeOf<ObjectRow>()..];
                if (row.Bytes < 0 || row.Bytes > piece.Length)
                    throw Broken();
                visit(row.Address, row.Class, piece[..row.Bytes]);
                piece = piece[row.Bytes..];
            }
        }
    }

    /// <summary>How many objects there are of each class, and how large they are together; 0 stands for classes that found no room.</summary>
    public IReadOnlyList<(long Class, long Objects, long Bytes)> Types()
    {
        var types = new List<(long, long, long)>();
        Send(new FrozenRequest { Operation = FrozenRequest.Types });
        for (ReadOnlySpan<byte> piece; (piece = Answer()).Length > 0;)
        {
            foreach (TypeCountRow row in MemoryMarshal.Cast<byte, TypeCountRow>(piece))
                types.Add((row.Class, row.Objects, row.Bytes));
        }

        return types;
    }

    public int Read(long address, Span<byte> bytes)
    {
        Send(new FrozenRequest { Operation = FrozenRequest.Read, Count = Math.Min(bytes.Length, FrozenRequest.MaxReadBytes), Argument = address });
        ReadOnlySpan<byte> answer = Answer();
        if (answer.Length > bytes.Length)
            throw Broken();
        answer.CopyTo(bytes);
        return answer.Length;
    }

    public FrozenClass? Class(long id)
    {
        Send(new FrozenRequest { Operation = FrozenRequest.Class, Argument = id });
        ReadOnlySpan<byte> answer = Answer();
        if (answer.Length < Unsafe.SizeOf<ClassRow>())
            return null;
        ClassRow row = MemoryMarshal.Read<ClassRow>(answer);
        ReadOnlySpan<long> rest = MemoryMarshal.Cast<byte, long>(answer[Unsafe.SizeOf<ClassRow>()..]);
        if (row.Arguments < 0 || row.Fields < 0 || (long)row.Arguments + row.Fields != rest.Length)
            throw Broken();

        var fields = new (int, int)[row.Fields];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = ((int)rest[row.Arguments + i], (int)(rest[row.Arguments + i] >> 32));
        return new FrozenClass(id, row.Module, row.Token, row.Parent, rest[..row.Arguments].ToArray(), fields, row.Rank);
    }

    public string Module(long id)
    {
        Send(new FrozenRequest { Operation = FrozenRequest.Module, Argument = id });
        return new string(MemoryMarshal.Cast<byte, char>(Answer()));
    }

    public (long Module, int Token)? Function(long address)
    {
        Send(new FrozenRequest { Operation = FrozenRequest.Function, Argument = address });
        ReadOnlySpan<byte> answer = Answer();
        if (answer.Length < Unsafe.SizeOf<FunctionRow>())
            return null;
        FunctionRow row = MemoryMarshal.Read<FunctionRow>(answer);
        return (row.Module, row.Token);
    }

    public void Dispose()
    {
        // The number may belong to another process the second time.
        if (_isEnded)
            return;
        _isEnded = true;
        _socket.Dispose();
        LibC.End(_process);
        _ended();
    }

    private void Send(FrozenRequest request) => Send(MemoryMarshal.AsBytes(new ReadOnlySpan<FrozenRequest>(in request)));

    private void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[_socket.Send(bytes)..];
        }
        catch (SocketException e)
        {
            throw new ProfileUnavailableException($"the copy of the process does not answer: {e.Message}", e);
        }
    }

    /// <summary>Valid until the next one.</summary>
    private ReadOnlySpan<byte> Answer()
    {
        Receive(_answer.AsSpan(0, sizeof(int)));
        int length = MemoryMarshal.Read<int>(_answer);
        if (length is < 0 or > MaxAnswer)
            throw Broken();
        if (length > _answer.Length)
            _answer = new byte[MaxAnswer];
        Receive(_answer.AsSpan(0, length));
        return _answer.AsSpan(0, length);
    }

    private void Receive(Span<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                int read = _socket.Receive(bytes);
                if (read == 0)
                    throw new ProfileUnavailableException("the copy of the process has ended: the system may have had no memory for it");
                bytes = bytes[read..];
            }
        }
        catch (SocketException e)
        {
            throw new ProfileUnavailableException($"the copy of the process does not answer: {e.Message}", e);
        }
    }

    private static ProfileUnavailableException Broken() => new("the copy of the process gave an answer that is none");
}
