using Plumb.Agent.Contract;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Freezing;

/// <summary>
/// Life in the copy: one thread, a heap that stands still, and a socket. Nothing is allocated, because a lock of the allocator may
/// have been held by a thread that is not here any more. It ends with its parent, with the socket, or after a while by itself.
/// </summary>
internal static unsafe class FrozenCopy
{
    private const int DeathSignal = 1;
    private const int Kill = 9;
    private const int WriteOnly = 1;
    private const uint LifetimeSeconds = 60;
    private const int MaxKnown = 65_536;
    private const int MaxAncestors = 32;
    private const int MaxArguments = 16;
    private const int MaxFields = 512;
    private const int BufferBytes = 128 * 1024;
    private const int PageBytes = 4096;

    private static ProfilerInfo s_info;
    private static StreamSocket s_socket;
    private static int s_pipeIn;
    private static int s_pipeOut;
    private static byte* s_buffer;
    private static int s_filled;
    private static nint* s_classes;
    private static int s_classCount;
    private static HashIndex s_known;
    private static NativeArray<bool> s_wanted;
    private static int s_knownCount;

    /// <summary>Takes what the copy will need, before there is one.</summary>
    public static void Prepare(ProfilerInfo info)
    {
        s_info = info;
        s_known = new HashIndex(MaxKnown);
        s_wanted = new NativeArray<bool>(MaxKnown);
        s_knownCount = 0;
        TypeCounts.Prepare(info);
        if (s_buffer == null)
        {
            s_buffer = new NativeArray<byte>(BufferBytes).Rows;
            s_classes = new NativeArray<nint>(FrozenRequest.MaxClasses).Rows;
        }
    }

    /// <summary>What the original does not need.</summary>
    public static void Forget()
    {
        s_known.Free();
        s_wanted.Free();
        TypeCounts.Forget();
    }

    /// <summary>Never returns.</summary>
    public static void Live(int socket)
    {
        Guard.TakeSignals();
        _ = LibC.Control(DeathSignal, Kill);
        _ = LibC.Alarm(LifetimeSeconds);
        // Connections and files must not stay open because of the copy.
        if (socket > 0)
            _ = LibC.CloseRange(0, (uint)socket - 1);
        _ = LibC.CloseRange((uint)socket + 1, uint.MaxValue);
        s_socket = new StreamSocket(socket);
        PreferToDie();
        int* ends = stackalloc int[2];
        if (LibC.Pipe(ends, 0) == 0)
        {
            (s_pipeOut, s_pipeIn) = (ends[0], ends[1]);
            while (AnswerNext())
            {
            }
        }

        LibC.Exit();
    }

    // When memory runs out, this process is the one to do without.
    private static void PreferToDie()
    {
        fixed (byte* path = "/proc/self/oom_score_adj\0"u8)
        {
            int file = LibC.Open(path, WriteOnly);
            fixed (byte* score = "1000"u8)
                _ = LibC.Write(file, score, 4);
            _ = LibC.Close(file);
        }
    }

    private static bool AnswerNext()
    {
        FrozenRequest request;
        return s_socket.Receive(&request, sizeof(FrozenRequest)) && request.Operation switch
        {
            FrozenRequest.Walk => Walk(request.Count),
            FrozenRequest.Read => Read((nint)request.Argument, request.Count),
            FrozenRequest.Class => Class((nint)request.Argument),
            FrozenRequest.Module => Module((nint)request.Argument),
            FrozenRequest.Types => Types(),
            FrozenRequest.Function => Function((nint)request.Argument),
            _ => false,
        };
    }

    private static bool Walk(int count)
    {
        if (count is < 0 or > FrozenRequest.MaxClasses || !s_socket.Receive(s_classes, count * sizeof(nint)))
            return false;
        s_classCount = count;
        s_filled = 0;
        _ = s_info.EnumerateObjects(&Visit, null);
        return (s_filled == 0 || Flush()) && Answer(null, 0);
    }

    [System.Runtime.InteropServices.UnmanagedCallersOnly]
    private static int Visit(nint instance, void* state)
    {
        nint type = *(nint*)instance & FrozenRequest.ClassMask;
        if (!IsWanted(type))
            return 1;

        nuint size = 0;
        if (s_info.GetObjectSize(instance, &size) < 0)
            return 1;
        int bytes = (int)Math.Min(size, FrozenRequest.MaxObjectBytes);
        if (s_filled + sizeof(ObjectRow) + bytes > BufferBytes && !Flush())
            return 0;

        *(ObjectRow*)(s_buffer + s_filled) = new ObjectRow { Address = instance, Class = type, Bytes = bytes };
        Buffer.MemoryCopy((void*)instance, s_buffer + s_filled + sizeof(ObjectRow), bytes, bytes);
        s_filled += sizeof(ObjectRow) + bytes;
        return 1;
    }

    private static bool IsWanted(nint type)
    {
        int known = s_known.Find((ulong)type);
        if (known >= 0)
            return s_wanted[known];
        bool isWanted = Derives(type);
        if (s_knownCount < s_wanted.Capacity)
        {
            s_wanted[s_knownCount] = isWanted;
            s_known.Add((ulong)type, s_knownCount++);
        }

        return isWanted;
    }

    private static bool Derives(nint type)
    {
        for (int i = 0; type != 0 && i < MaxAncestors; i++)
        {
            for (int wanted = 0; wanted < s_classCount; wanted++)
            {
                if (s_classes[wanted] == type)
                    return true;
            }

            nint module, parent = 0;
            int token, count;
            if (s_info.GetClassInfo(type, &module, &token, &parent, 0, &count, null) < 0)
                return false;
            type = parent;
        }

        return false;
    }

    private static bool Types()
    {
        const int Piece = 1024;
        TypeCountRow* rows = TypeCounts.Count(out int count);
        for (int sent = 0; sent < count; sent += Piece)
        {
            if (!Answer((byte*)(rows + sent), Math.Min(Piece, count - sent) * sizeof(TypeCountRow)))
                return false;
        }

        return Answer(null, 0);
    }

    private static bool Flush()
    {
        int filled = s_filled;
        s_filled = 0;
        return Answer(s_buffer, filled);
    }

    // The system copies, and says so where there is nothing to copy: reading the memory itself would be the end.
    private static bool Read(nint address, int count)
    {
        if (count is < 0 or > FrozenRequest.MaxReadBytes)
            return false;
        nint copied = LibC.Write(s_pipeIn, (void*)address, count);
        // Where the memory ends meanwhile, the system may copy nothing at all: what lies before the end is asked for once more.
        nint left = PageBytes - (address & (PageBytes - 1));
        if (copied <= 0 && left < count)
            copied = LibC.Write(s_pipeIn, (void*)address, left);
        if (copied > 0)
            copied = LibC.Read(s_pipeOut, s_buffer, copied);
        return Answer(s_buffer, (int)Math.Max(0, copied));
    }

    private static bool Class(nint type)
    {
        var row = (ClassRow*)s_buffer;
        var arguments = (nint*)(row + 1);
        nint element = 0;
        uint rank = 0;
        if (s_info.GetArrayClass(type, &element, &rank) == HResult.Ok)
        {
            *row = new ClassRow { Arguments = 1, Rank = (int)rank };
            *arguments = element;
            return Answer(s_buffer, sizeof(ClassRow) + sizeof(nint));
        }

        nint module, parent = 0;
        int token, count = 0, fields = 0;
        if (s_info.GetClassInfo(type, &module, &token, &parent, MaxArguments, &count, arguments) < 0)
            return Answer(null, 0);
        count = Math.Min(count, MaxArguments);
        var places = (FieldRow*)(arguments + count);
        if (s_info.GetClassLayout(type, MaxFields, places, &fields) < 0)
            fields = 0;
        fields = Math.Min(fields, MaxFields);
        *row = new ClassRow { Module = module, Parent = parent, Token = token, Arguments = count, Fields = fields };
        return Answer(s_buffer, (int)((byte*)(places + fields) - s_buffer));
    }

    private static bool Function(nint address)
    {
        nint function = 0, version = 0, module = 0;
        int token = 0;
        if (s_info.GetFunctionFromIp(address, &function, &version) < 0 || s_info.GetFunctionInfo(function, &module, &token) < 0)
            return Answer(null, 0);
        *(FunctionRow*)s_buffer = new FunctionRow { Module = module, Token = token };
        return Answer(s_buffer, sizeof(FunctionRow));
    }

    private static bool Module(nint module)
    {
        const int MaxName = 2048;
        int length = 0;
        bool isKnown = s_info.GetModuleInfo(module, MaxName, &length, (char*)s_buffer) >= 0 && length is > 1 and <= MaxName;
        return Answer(s_buffer, isKnown ? (length - 1) * sizeof(char) : 0);
    }

    private static bool Answer(byte* bytes, int count) => s_socket.Send(&count, sizeof(int)) && s_socket.Send(bytes, count);
}
