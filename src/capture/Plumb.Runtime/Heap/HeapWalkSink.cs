using Plumb.Runtime.Events;
using Plumb.Runtime.Naming;
using Plumb.Runtime.NetTrace;

namespace Plumb.Runtime.Heap;

/// <summary>Counts the objects of the first full collection in a trace by their types and by what holds them, and keeps what the types are called.</summary>
/// <param name="graph">Is told what refers to what.</param>
internal sealed class HeapWalkSink(HeapGraph graph) : ITraceSink
{
    private const int MaxTypes = 500_000;
    private const int MaxDepth = 4;
    private const int ArrayFlag = 0x8;
    private const int FullCollection = 2;
    private const int InTheBackground = 1;

    // Kinds and flags of roots (GC_ETW in dotnet/runtime's clretwall.man: GCRootKindMap and GCRootFlagsMap).
    private const byte StackRoot = 0;
    private const byte FinalizerRoot = 1;
    private const byte HandleRoot = 2;
    private const int PinningRoot = 1;
    private const int WeakRoot = 2;

    private readonly Dictionary<ulong, (string Name, int Flags, ulong[] Parameters)> _names = [];
    private readonly Dictionary<ulong, (long Objects, long Bytes)> _counts = [];
    private readonly TaskCompletionSource _walked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private uint? _collection;
    private readonly Dictionary<int, uint> _nextBlocks = [];

    /// <summary>Completed when the collection has ended, and all objects were told.</summary>
    public Task Walked => _walked.Task;

    public long Objects { get; private set; }

    public long LostEvents { get; private set; }

    /// <summary>Whether it is known what holds the objects.</summary>
    public bool HoldersAreKnown => LostEvents == 0 && graph.IsWhole;

    public IEnumerable<TypeCount> Types()
    {
        if (HoldersAreKnown)
        {
            foreach (HeldCount count in graph.Counts())
                yield return new TypeCount(Name(count.Type, 0), count.Objects, count.Bytes) { HeldBy = count.Holder.Kind, Field = FieldName(count.Holder) };
            yield break;
        }

        foreach ((ulong type, (long objects, long bytes)) in _counts)
            yield return new TypeCount(Name(type, 0), objects, bytes);
    }

    public void Add(in TraceEvent traced)
    {
        if (traced.Kind.Provider != RuntimeEvents.Provider)
            return;
        var payload = new BlockReader(traced.Payload, 0);
        switch (traced.Kind.Id)
        {
            case RuntimeEvents.CollectionStart:
                ReadStart(ref payload);
                break;
            case RuntimeEvents.CollectionEnd:
                if (_collection == (uint)payload.Int32())
                    _walked.TrySetResult();
                break;
            case RuntimeEvents.BulkType:
                ReadTypes(ref payload);
                break;
            // Each session that begins or ends meanwhile may make the runtime walk once more, and tell everybody.
            case var _ when _collection is null || _walked.Task.IsCompleted:
                break;
            case RuntimeEvents.BulkNode:
                ReadNodes(ref payload);
                break;
            case RuntimeEvents.BulkEdge:
                ReadEdges(ref payload);
                break;
            case RuntimeEvents.BulkRootEdge:
                ReadRoots(ref payload);
                break;
            case RuntimeEvents.BulkDependentEdge:
                ReadDependents(ref payload);
                break;
            case RuntimeEvents.BulkStaticField:
                ReadStaticFields(ref payload);
                break;
        }
    }

    // u32 number, u32 generation, u32 reason, u32 kind
    private void ReadStart(ref BlockReader payload)
    {
        uint number = (uint)payload.Int32();
        bool isFull = payload.Int32() == FullCollection;
        _ = payload.Int32();
        // One in the background walks over nothing.
        if (_collection is null && isFull && payload.Int32() != InTheBackground)
            _collection = number;
    }

    // of each: address, size, type, how many it refers to
    private void ReadNodes(ref BlockReader payload)
    {
        int count = ReadBlock(RuntimeEvents.BulkNode, ref payload);
        for (int i = 0; i < count; i++)
        {
            ulong address = payload.UInt64();
            long size = payload.Int64();
            ulong type = payload.UInt64();
            graph.AddObject(address, type, size, references: payload.UInt64());
            Count(type, size);
        }
    }

    // of each: address of the object that is referred to, u32 field; in the order of the objects that refer to it
    private void ReadEdges(ref BlockReader payload)
    {
        int count = ReadBlock(RuntimeEvents.BulkEdge, ref payload);
        for (int i = 0; i < count; i++)
        {
            graph.AddReference(payload.UInt64());
            _ = payload.Int32();
        }
    }

    // of each: address of the object, u8 kind, u32 flags, u64 number
    private void ReadRoots(ref BlockReader payload)
    {
        int count = ReadBlock(RuntimeEvents.BulkRootEdge, ref payload);
        for (int i = 0; i < count; i++)
        {
            ulong address = payload.UInt64();
            byte kind = payload.Byte();
            int flags = payload.Int32();
            _ = payload.UInt64();
            if ((flags & WeakRoot) == 0)
                graph.AddRoot(address, new Holder(KindOf(kind, flags)));
        }
    }

    private static HolderKind KindOf(byte kind, int flags) => kind switch
    {
        StackRoot => HolderKind.Thread,
        FinalizerRoot => HolderKind.FinalizerQueue,
        HandleRoot => (flags & PinningRoot) == 0 ? HolderKind.Handle : HolderKind.PinnedHandle,
        _ => HolderKind.Other,
    };

    // of each: addresses of key and value, u64 number
    private void ReadDependents(ref BlockReader payload)
    {
        int count = ReadBlock(RuntimeEvents.BulkDependentEdge, ref payload);
        for (int i = 0; i < count; i++)
        {
            graph.AddDependent(key: payload.UInt64(), value: payload.UInt64());
            _ = payload.UInt64();
        }
    }

    // u32 count, u64 domain, u16 instance; of each: u64 number, address of the object, its type, u32 flags, utf16z field
    private void ReadStaticFields(ref BlockReader payload)
    {
        int count = payload.Int32();
        _ = payload.UInt64();
        _ = payload.UInt16();
        for (int i = 0; i < count; i++)
        {
            _ = payload.UInt64();
            ulong address = payload.UInt64();
            ulong type = payload.UInt64();
            _ = payload.Int32();
            graph.AddRoot(address, new Holder(HolderKind.StaticField, payload.Text(), type));
        }
    }

    // u32 index, u32 count, u16 instance
    private int ReadBlock(int kind, ref BlockReader payload)
    {
        uint block = (uint)payload.Int32();
        int count = payload.Int32();
        _ = payload.UInt16();
        uint expected = _nextBlocks.GetValueOrDefault(kind);
        if (block > expected)
            LostEvents += block - expected;
        _nextBlocks[kind] = block + 1;
        return count;
    }

    private void Count(ulong type, long bytes)
    {
        bool isKnown = _counts.TryGetValue(type, out (long Objects, long Bytes) sum);
        if (!isKnown && _counts.Count >= MaxTypes)
            (type, sum) = (0, _counts.GetValueOrDefault(0UL));
        _counts[type] = (sum.Objects + 1, sum.Bytes + bytes);
        Objects++;
    }

    // u32 count, u16 instance; of each: type, module, u32 name's token, u32 flags, u8 kind, utf16z name, u32 parameters and they
    private void ReadTypes(ref BlockReader payload)
    {
        int count = payload.Int32();
        _ = payload.UInt16();
        for (int i = 0; i < count; i++)
        {
            ulong type = payload.UInt64();
            _ = payload.UInt64();
            _ = payload.Int32();
            int flags = payload.Int32();
            _ = payload.Byte();
            string name = payload.Text();
            int parameters = payload.Int32();
            if (parameters < 0 || parameters > payload.Remaining / sizeof(ulong))
                throw payload.Fault($"{parameters} type parameters do not fit");
            var arguments = new ulong[parameters];
            for (int p = 0; p < parameters; p++)
                arguments[p] = payload.UInt64();
            if (_names.Count < MaxTypes)
                _names[type] = (name, flags, arguments);
        }
    }

    private string FieldName(Holder holder)
    {
        if (holder.Field.Length == 0)
            return "";
        string type = Name(holder.Type, 0);
        return type.Length == 0 ? CompilerNames.Field(holder.Field) : $"{CompilerNames.Field(holder.Field)}: {type}";
    }

    private string Name(ulong type, int depth)
    {
        if (depth > MaxDepth || !_names.TryGetValue(type, out (string Name, int Flags, ulong[] Parameters) known))
            return "";
        if ((known.Flags & ArrayFlag) != 0 && known.Parameters is [var element])
            return Name(element, depth + 1) is { Length: > 0 } name ? $"{name}[]" : "?[]";
        // Of a generic type the name goes on with its parameters, as reflection writes them; they come as numbers too.
        string own = known.Name.Split('[')[0];
        string plain = string.Join('.', own.Split('+').Select(CompilerNames.WithoutArity));
        return known.Parameters.Length == 0 ? plain : $"{plain}<{string.Join(", ", known.Parameters.Select(p => Name(p, depth + 1) is { Length: > 0 } name ? name : "?"))}>";
    }
}
