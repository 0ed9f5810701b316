using Plumb.Runtime.Events;
using Plumb.Runtime.Naming;
using Plumb.Runtime.NetTrace;

namespace Plumb.Runtime.Heap;

/// <summary>Counts the objects of the first full collection in a trace by their types, and keeps what the types are called.</summary>
internal sealed class HeapWalkSink : ITraceSink
{
    private const int MaxTypes = 500_000;
    private const int MaxDepth = 4;
    private const int ArrayFlag = 0x8;
    private const int FullCollection = 2;

    private readonly Dictionary<ulong, (string Name, int Flags, ulong[] Parameters)> _names = [];
    private readonly Dictionary<ulong, (long Objects, long Bytes)> _counts = [];
    private readonly TaskCompletionSource _walked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private uint? _collection;
    private uint _nextBlock;

    /// <summary>Completed when the collection has ended, and all objects were told.</summary>
    public Task Walked => _walked.Task;

    public long Objects { get; private set; }

    public long LostEvents { get; private set; }

    public IEnumerable<TypeCount> Types()
    {
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
            case RuntimeEvents.BulkNode:
                ReadNodes(ref payload);
                break;
        }
    }

    private void ReadStart(ref BlockReader payload)
    {
        uint number = (uint)payload.Int32();
        if (_collection is null && payload.Int32() == FullCollection)
            _collection = number;
    }

    // u32 index, u32 count, u16 instance; of each: address, size, type, edges
    private void ReadNodes(ref BlockReader payload)
    {
        uint block = (uint)payload.Int32();
        int count = payload.Int32();
        _ = payload.UInt16();
        if (block > _nextBlock)
            LostEvents += block - _nextBlock;
        _nextBlock = block + 1;
        for (int i = 0; i < count; i++)
        {
            _ = payload.UInt64();
            ulong size = payload.UInt64();
            ulong type = payload.UInt64();
            _ = payload.UInt64();
            Count(type, (long)size);
        }
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
