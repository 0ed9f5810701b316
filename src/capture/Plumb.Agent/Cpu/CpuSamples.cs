using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Plumb.Agent.Contract;
using Plumb.Agent.Heap;
using Plumb.Agent.Interop;
using Plumb.Agent.Stacks;

namespace Plumb.Agent.Cpu;

/// <summary>CPU time by stack. The agent's thread only.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Freed explicitly, as all of the agent's memory.")]
internal sealed unsafe class CpuSamples(ProfilerInfo info, ulong periodNanos)
{
    private const int MaxFrames = 65_536;
    private const int MaxStacks = 65_536;
    private const int MaxStackFrames = 2 * 1024 * 1024;
    private const int MaxPlaces = 262_144;
    private const int MaxModules = 4096;
    private const int MaxText = 1024 * 1024;
    private const int MaxDepth = Sample.MaxFrames + 2;
    private const ulong AnyChain = 1;
    private const ulong LowestCode = 0x1_0000;

    private readonly ProfilerInfo _info = info;
    private Text _text = new(MaxText);
    private NativeList<TextRow> _modules = new(MaxModules);
    private HashIndex _moduleIndex = new(MaxModules);
    private FrameTable _frames = new(MaxFrames);
    private StackTable _stacks = new(MaxStacks, MaxStackFrames);
    private NativeArray<CpuRow> _rows = new(MaxStacks);
    private NativeList<Place> _places = new(MaxPlaces);
    private HashIndex _placeIndex = new(MaxPlaces);
    private FrameNames _names = new(info);
    private int _named;
    private long _samples;
    private long _lostStacks;
    private ulong _lowestManaged = ulong.MaxValue;
    private ulong _highestManaged;

    /// <summary>An address in code.</summary>
    private struct Place
    {
        /// <summary>−1: there is no room for it.</summary>
        public int Frame;
        public bool IsManaged;

        /// <summary>Of the innermost frame: whether the frame pointer is its own.</summary>
        public bool HasFrame;
    }

    /// <summary>Periods for which a ring had no room.</summary>
    public ulong Lost { get; set; }

    [SkipLocalsInit]
    public void Add(Sample* sample)
    {
        Span<int> frames = stackalloc int[MaxDepth];
        int count = 0;
        bool hasManaged = false;
        Place leaf = Find(sample->Instruction + 1, isLeaf: true);
        Append(leaf, frames, ref count, ref hasManaged);
        if (!leaf.HasFrame && MissingCaller(sample) is { Frame: >= 0 } caller)
            Append(caller, frames, ref count, ref hasManaged);
        for (int i = 0; i < (int)Math.Min(sample->Frames, Sample.MaxFrames); i++)
            Append(Find(sample->Frame[i], isLeaf: false), frames, ref count, ref hasManaged);

        _samples++;
        int stack = _stacks.Intern(AnyChain, frames[..count]);
        if (stack < 0 || stack >= _rows.Capacity)
        {
            _lostStacks++;
            return;
        }

        ref CpuRow row = ref _rows[stack];
        row.Stack = stack;
        row.Samples++;
        row.Nanos += (long)(sample->Weight * periodNanos);
    }

    // Below the innermost managed method stand the runtime and the libraries that it called; above it only how the thread began, and stubs.
    private static void Append(Place place, Span<int> frames, ref int count, ref bool hasManaged)
    {
        if (place.Frame < 0 || count == frames.Length || (hasManaged && !place.IsManaged))
            return;
        hasManaged |= place.IsManaged;
        frames[count++] = place.Frame;
    }

    /// <summary>Code without a frame leaves its caller out of the chain: it is the first return address on the stack, before the chain's own.</summary>
    private Place MissingCaller(Sample* sample)
    {
        ulong first = sample->Frames > 0 ? sample->Frame[0] : 0;
        for (int i = 0; i < (int)Math.Min(sample->Words, Sample.MaxWords); i++)
        {
            ulong word = sample->Word[i];
            if (word == first)
                break;
            if (word >= _lowestManaged && word <= _highestManaged && Find(word, isLeaf: false) is { IsManaged: true } place && MachineCode.IsReturnAddress(word))
                return place;
        }

        return new Place { Frame = -1 };
    }

    /// <param name="after">A return address, or one more than where a thread was.</param>
    private Place Find(ulong after, bool isLeaf)
    {
        if (after < LowestCode)
            return new Place { Frame = -1, HasFrame = true };
        ulong key = isLeaf ? ~after : after;
        int known = _placeIndex.Find(key);
        if (known >= 0)
            return _places[known];

        Place place = Look(after, isLeaf);
        known = _places.Add(place);
        if (known >= 0)
            _placeIndex.Add(key, known);
        return place;
    }

    private Place Look(ulong after, bool isLeaf)
    {
        nint function = 0;
        nint version = 0;
        bool isManaged = _info.GetFunctionFromIp((nint)(after - 1), &function, &version) >= 0 && function != 0;
        if (isManaged)
        {
            _lowestManaged = Math.Min(_lowestManaged, after);
            _highestManaged = Math.Max(_highestManaged, after);
        }

        return new Place
        {
            Frame = _frames.Intern(new RawFrame { Function = isManaged ? function : 0, Address = (nint)after }),
            IsManaged = isManaged,
            HasFrame = !isLeaf || (isManaged && HasFrame(function, version, after - 1)),
        };
    }

    private bool HasFrame(nint function, nint version, ulong instruction)
    {
        const int MaxVersions = 32;
        nint* starts = stackalloc nint[MaxVersions];
        uint count = 0;
        if (_info.GetNativeCodeStarts(function, version, MaxVersions, &count, starts) < 0)
            return true;
        for (int i = 0; i < Math.Min(count, MaxVersions); i++)
        {
            CodeBlock block;
            uint blocks = 0;
            if (_info.GetCodeBlocks(starts[i], 1, &blocks, &block) >= 0 && instruction >= (ulong)block.Start && instruction - (ulong)block.Start < block.Size)
                return MachineCode.HasFrame((ulong)block.Start, instruction);
        }

        return true;
    }

    /// <summary>Soon after they were seen: addresses of collected code are used again.</summary>
    public void NameFrames()
    {
        for (; _named < _frames.Count; _named++)
        {
            nint function = _frames.Function(_named);
            if (function == 0)
                continue;
            ref FrameRow row = ref _frames[_named];
            nint module = _names.Find(function, ref row);
            row.Module = module == 0 ? -1 : Module(module);
            row.IsManaged = 1;
        }
    }

    private int Module(nint module)
    {
        int known = _moduleIndex.Find((ulong)module);
        if (known >= 0 || !_modules.HasRoom(1))
            return known;
        int added = _modules.Add(_text.Add(_names.ModuleName(module)));
        _moduleIndex.Add((ulong)module, added);
        return added;
    }

    /// <returns>The bytes written, or the bytes needed when <paramref name="capacity"/> is less.</returns>
    public nint Write(byte* buffer, nint capacity, int runtimeMajor, int unwatchedThreads)
    {
        int stacks = Math.Min(_stacks.Count, _rows.Capacity);
        var header = new SnapshotHeader
        {
            Magic = AgentContract.Magic,
            Version = AgentContract.Version,
            Modules = _modules.Count,
            Frames = _frames.Count,
            Stacks = _stacks.Count,
            StackFrames = _stacks.FrameCount,
            CpuRows = stacks,
            TextLength = _text.Length,
            RuntimeMajor = runtimeMajor,
            Samples = _samples,
            LostSamples = (long)Lost,
            LostStacks = _lostStacks,
            UnwatchedThreads = unwatchedThreads,
        };
        var writer = new SnapshotWriter(buffer, capacity);
        writer.Write(&header, 1);
        writer.Write(_modules.Rows, header.Modules);
        for (int i = 0; i < header.Frames; i++)
        {
            FrameRow row = _frames[i];
            writer.Write(&row, 1);
        }

        writer.Write(_stacks.Rows, header.Stacks);
        writer.Write(_stacks.Frames, header.StackFrames);
        writer.Write(_rows.Rows, stacks);
        writer.Write(_text.Units, header.TextLength);
        return writer.Length;
    }

    public void Free()
    {
        _text.Free();
        _modules.Free();
        _moduleIndex.Free();
        _frames.Free();
        _stacks.Free();
        _rows.Free();
        _places.Free();
        _placeIndex.Free();
        _names.Free();
    }
}
