using Plumb.Agent.Contract;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Stacks;

/// <summary>
/// From an address in managed code to module, method token and IL offset. Text is left to whoever reads the snapshot: the
/// metadata lies in the module's file. Costs about 12 µs a frame, and must not run on a thread of the application.
/// </summary>
internal unsafe struct FrameNames(ProfilerInfo info)
{
    private const int MaxMapRows = 16_384;
    private const int MaxVersions = 32;
    private const int MaxBlocks = 8;
    private const int MaxName = 2048;

    private readonly ProfilerInfo _info = info;
    private NativeArray<IlMapRow> _map = new(MaxMapRows);
    private NativeArray<char> _name = new(MaxName);

    /// <summary>Fills in token and IL offset.</summary>
    /// <returns>The module; 0 when the runtime does not say.</returns>
    public readonly nint Find(nint function, ref FrameRow row)
    {
        nint module = 0;
        int token = 0;
        if (_info.GetFunctionInfo(function, &module, &token) < 0)
            return 0;
        row.MethodToken = token;
        row.IlOffset = IlOffset((nint)row.Address);
        return module;
    }

    public readonly ReadOnlySpan<char> ModuleName(nint module)
    {
        int length = 0;
        return _info.GetModuleInfo(module, _name.Capacity, &length, _name.Rows) < 0 || length <= 1 || length > _name.Capacity
            ? default
            : _name.Part(0, length - 1);
    }

    private readonly int IlOffset(nint address)
    {
        // The address is where the call returns to, which may belong to the next statement.
        nint call = address - 1;
        nint function = 0;
        nint version = 0;
        if (_info.GetFunctionFromIp(call, &function, &version) < 0)
            return -1;

        nint* starts = stackalloc nint[MaxVersions];
        uint count = 0;
        if (_info.GetNativeCodeStarts(function, version, MaxVersions, &count, starts) < 0)
            return -1;
        for (int i = 0; i < Math.Min(count, MaxVersions); i++)
        {
            int offset = NativeOffset(starts[i], call);
            if (offset >= 0)
                return IlOffset(starts[i], (uint)offset);
        }

        return -1;
    }

    private readonly int NativeOffset(nint start, nint address)
    {
        CodeBlock* blocks = stackalloc CodeBlock[MaxBlocks];
        uint count = 0;
        if (_info.GetCodeBlocks(start, MaxBlocks, &count, blocks) < 0)
            return -1;
        nuint before = 0;
        for (int i = 0; i < Math.Min(count, MaxBlocks); i++)
        {
            if (address >= blocks[i].Start && (nuint)(address - blocks[i].Start) < blocks[i].Size)
                return (int)(before + (nuint)(address - blocks[i].Start));
            before += blocks[i].Size;
        }

        return -1;
    }

    /// <summary>The IL offset whose code covers the native one; of overlapping ranges the one that begins last.</summary>
    private readonly int IlOffset(nint start, uint offset)
    {
        uint count = 0;
        if (_info.GetIlMap(start, (uint)_map.Capacity, &count, _map.Rows) < 0)
            return -1;
        int best = -1;
        uint bestStart = 0;
        for (int i = 0; i < Math.Min(count, _map.Capacity); i++)
        {
            IlMapRow row = _map[i];
            if (row.IlOffset >= 0 && row.NativeStart <= offset && row.NativeStart >= bestStart)
            {
                best = row.IlOffset;
                bestStart = row.NativeStart;
            }
        }

        return best;
    }

    public void Free()
    {
        _map.Free();
        _name.Free();
    }
}
