using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Plumb.Agent.Contract;
using Plumb.Agent.Interop;
using Plumb.Agent.Stacks;

namespace Plumb.Agent.Heap;

/// <summary>
/// The samples: what every stack allocated, and which of it is still alive. Samples come in on the threads that allocate;
/// everything that takes time is done by the agent's own thread.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Freed explicitly: nothing may finalize in a process that is somebody else's.")]
internal sealed unsafe class HeapSamples(ProfilerInfo info)
{
    private const int MaxModules = 4096;
    private const int MaxTypes = 32_768;
    private const int MaxFrames = 131_072;
    private const int MaxStacks = 65_536;
    private const int MaxStackFrames = 4 * 1024 * 1024;
    private const int MaxSites = 131_072;
    private const int MaxLive = 131_072;
    private const int MaxThreads = 16_384;
    private const int MaxText = 4 * 1024 * 1024;
    private const int MaxDepth = 200;
    private const int ReapBatch = 512;
    private const ulong ContentChain = 1;
    private const ulong ThreadChain = 2;

    private readonly ProfilerInfo _info = info;
    private SpinLock _lock;
    private Text _text = new(MaxText);
    private NativeList<TextRow> _types = new(MaxTypes);
    private HashIndex _typeIndex = new(MaxTypes);
    private NativeList<TextRow> _modules = new(MaxModules);
    private HashIndex _moduleIndex = new(MaxModules);
    private FrameTable _frames = new(MaxFrames);
    private StackTable _stacks = new(MaxStacks, MaxStackFrames);
    private NativeList<SiteRow> _sites = new(MaxSites);
    private HashIndex _siteIndex = new(MaxSites);
    private NativeList<LiveSample> _live = new(MaxLive);
    private NativeList<ThreadRow> _threads = new(MaxThreads);
    private NativeArray<nint> _givenUp = new(MaxLive);
    private FrameNames _names = new(info);
    private SnapshotHeader _totals;
    private int _named;
    private ulong _random = 0x2545_F491_4F6C_DD1D;
    private bool _freed;

    public bool IsAlmostFull => _live.Count > MaxLive / 2;

    /// <summary>Files a sample. Runs on the allocating thread, which the collector may be waiting for: it must not wait.</summary>
    [SkipLocalsInit]
    public void Add(in AllocationEvent allocation)
    {
        ulong chain = FrameChain.Key(HashIndex.Mix(allocation.Type));
        _lock.Enter();
        _totals.Samples++;
        int site = -1;
        int stack = FrameChain.IsSupported ? _stacks.Find(chain, out site) : -1;
        _lock.Exit();

        Span<RawFrame> walked = stackalloc RawFrame[MaxDepth];
        int depth = stack < 0 ? StackWalk.Take(_info, walked) : 0;
        nint handle = 0;
        _ = _info.CreateWeakHandle(allocation.Address, &handle);

        _lock.Enter();
        bool isKnown = stack >= 0 && site >= 0 && _sites[site].Kind == allocation.Kind && _sites[site].Stack == stack;
        if (stack < 0)
            stack = InternStack(FrameChain.IsSupported ? chain : ContentChain, walked[..depth]);
        if (!_freed)
        {
            // The type is part of the chain's key.
            if (!isKnown)
            {
                site = Site(stack, Type(allocation), allocation.Kind);
                _stacks.Remember(chain, site);
            }

            handle = File(allocation, site, handle);
        }

        _lock.Exit();
        if (handle != 0)
            _ = _info.DestroyHandle(handle);
    }

    /// <returns>The handle when it found no room.</returns>
    private nint File(in AllocationEvent allocation, int site, nint handle)
    {
        if (site < 0)
        {
            _totals.LostSamples++;
            return handle;
        }

        double bytes = allocation.Weight * allocation.Size;
        ref SiteRow row = ref _sites[site];
        row.Samples++;
        row.AllocatedObjects += allocation.Weight;
        row.AllocatedBytes += bytes;
        if (handle == 0 || _live.Add(new LiveSample { Handle = handle, Site = site, Objects = allocation.Weight, Bytes = bytes }) < 0)
        {
            _totals.LostSamples++;
            return handle;
        }

        Live(ref row, allocation.Weight, bytes, 1);
        return 0;
    }

    private static void Live(ref SiteRow row, double objects, double bytes, int samples)
    {
        row.LiveSamples += samples;
        // Sums of what was added and taken away drift; at nothing they are exactly nothing.
        row.LiveObjects = row.LiveSamples == 0 ? 0 : row.LiveObjects + objects;
        row.LiveBytes = row.LiveSamples == 0 ? 0 : row.LiveBytes + bytes;
    }

    [SkipLocalsInit]
    private int InternStack(ulong chain, ReadOnlySpan<RawFrame> walked)
    {
        Span<int> frames = stackalloc int[MaxDepth];
        int count = 0;
        foreach (RawFrame frame in walked)
        {
            int index = _frames.Intern(frame);
            if (index >= 0)
                frames[count++] = index;
        }

        int stack = _stacks.Intern(chain, frames[..count]);
        if (stack < 0)
            _totals.LostStacks++;
        return stack;
    }

    /// <summary>Forgets the threads of the last freeze. The agent's thread only, as the next.</summary>
    public void ClearThreads()
    {
        _lock.Enter();
        _threads.Clear();
        _lock.Exit();
    }

    public void AddThread(int systemId, ReadOnlySpan<RawFrame> walked)
    {
        _lock.Enter();
        // Threads have no chain of their own kind: stacks are told apart by their content, under a key that no sample has.
        int stack = InternStack(ThreadChain, walked);
        _ = _threads.Add(new ThreadRow { Stack = stack, SystemId = systemId });
        _lock.Exit();
    }

    private int Type(in AllocationEvent allocation)
    {
        int known = _typeIndex.Find(allocation.Type);
        if (known >= 0 || !_types.HasRoom(1))
            return known;
        int added = _types.Add(_text.Add(allocation.TypeName));
        _typeIndex.Add(allocation.Type, added);
        return added;
    }

    private int Site(int stack, int type, AllocationKind kind)
    {
        ulong key = HashIndex.Fold(HashIndex.Fold((ulong)kind, (ulong)(uint)stack), (ulong)(uint)type);
        int known = _siteIndex.Find(key);
        if (known >= 0 || !_sites.HasRoom(1))
            return known;
        int added = _sites.Add(new SiteRow { Stack = stack, Type = type, Kind = kind });
        _siteIndex.Add(key, added);
        return added;
    }

    /// <summary>Looks which samples died, and makes room when it runs short. The agent's thread only.</summary>
    public void Reap()
    {
        nint* handles = stackalloc nint[ReapBatch];
        for (int end = _live.Count; end > 0; end -= ReapBatch)
        {
            int start = Math.Max(0, end - ReapBatch);
            // Rows are only moved by this thread, and new ones come behind: these stay where they are without the lock.
            for (int i = start; i < end; i++)
                handles[i - start] = IsDead(_live[i].Handle) ? _live[i].Handle : 0;
            Remove(start, handles, end - start);
        }

        if (_live.Count > MaxLive / 4 * 3)
            Thin();
    }

    private bool IsDead(nint handle)
    {
        nint instance = 0;
        return _info.GetObject(handle, &instance) < 0 || instance == 0;
    }

    private void Remove(int start, nint* dead, int count)
    {
        _lock.Enter();
        // From behind: what takes a removed row's place was looked at, or came after the look began.
        for (int i = count - 1; i >= 0; i--)
        {
            if (dead[i] == 0)
                continue;
            LiveSample sample = _live[start + i];
            Live(ref _sites[sample.Site], -sample.Objects, -sample.Bytes, -1);
            _live.RemoveBySwap(start + i);
        }

        _lock.Exit();
        for (int i = 0; i < count; i++)
        {
            if (dead[i] != 0)
                _ = _info.DestroyHandle(dead[i]);
        }
    }

    /// <summary>
    /// Gives up half of the living samples by chance and lets each of the others stand for twice as many: sums keep their
    /// expectation, and what leaks late is still seen.
    /// </summary>
    private void Thin()
    {
        int dropped = 0;
        _lock.Enter();
        for (int i = 0; i < _sites.Count; i++)
            _sites[i].LiveObjects = _sites[i].LiveBytes = _sites[i].LiveSamples = 0;
        for (int i = _live.Count - 1; i >= 0; i--)
        {
            _random ^= _random << 13;
            _random ^= _random >> 7;
            _random ^= _random << 17;
            ref LiveSample sample = ref _live[i];
            if ((_random & 1) == 0)
            {
                _givenUp[dropped++] = sample.Handle;
                _live.RemoveBySwap(i);
                continue;
            }

            sample.Objects *= 2;
            sample.Bytes *= 2;
        }

        for (int i = 0; i < _live.Count; i++)
            Live(ref _sites[_live[i].Site], _live[i].Objects, _live[i].Bytes, 1);
        _totals.Thinnings++;
        _lock.Exit();
        for (int i = 0; i < dropped; i++)
            _ = _info.DestroyHandle(_givenUp[i]);
    }

    /// <summary>For how long the process stood still when it was frozen last.</summary>
    public long FreezeNanos { get; set; }

    public bool HasNewFrames => _named < _frames.Count;

    /// <summary>
    /// Names the frames that are new. Soon after they were seen, because the addresses of collected code are used again.
    /// The agent's thread only.
    /// </summary>
    public void NameFrames()
    {
        while (_named < _frames.Count)
        {
            ref FrameRow row = ref _frames[_named];
            nint module = _names.Find(_frames.Function(_named), ref row);
            row.Module = module == 0 ? -1 : Module(module);
            row.IsManaged = 1;
            _named++;
        }
    }

    private int Module(nint module)
    {
        int known = _moduleIndex.Find((ulong)module);
        if (known >= 0 || !_modules.HasRoom(1))
            return known;
        ReadOnlySpan<char> name = _names.ModuleName(module);
        _lock.Enter();
        int added = _modules.Add(_text.Add(name));
        _lock.Exit();
        _moduleIndex.Add((ulong)module, added);
        return added;
    }

    /// <summary>Copies everything. Any thread; tables only grow, so that a row below a count that was read is whole.</summary>
    /// <returns>The bytes written, or the bytes needed when <paramref name="capacity"/> is less.</returns>
    public nint Write(byte* buffer, nint capacity, int runtimeMajor, long collections)
    {
        _lock.Enter();
        SnapshotHeader header = _totals;
        header.Sites = _sites.Count;
        header.Threads = _threads.Count;
        header.Types = _types.Count;
        header.Modules = _modules.Count;
        header.Stacks = _stacks.Count;
        header.StackFrames = _stacks.FrameCount;
        header.Frames = _frames.Count;
        header.TextLength = _text.Length;
        header.LiveSamples = _live.Count;
        _lock.Exit();
        header.Magic = AgentContract.Magic;
        header.Version = AgentContract.Version;
        header.RuntimeMajor = runtimeMajor;
        header.Collections = collections;
        header.FreezeNanos = FreezeNanos;

        var writer = new SnapshotWriter(buffer, capacity);
        writer.Write(&header, 1);
        writer.Write(_modules.Rows, header.Modules);
        writer.Write(_types.Rows, header.Types);
        for (int i = 0; i < header.Frames; i++)
        {
            FrameRow row = _frames[i];
            writer.Write(&row, 1);
        }

        writer.Write(_stacks.Rows, header.Stacks);
        writer.Write(_stacks.Frames, header.StackFrames);
        _lock.Enter();
        writer.Write(_sites.Rows, header.Sites);
        writer.Write(_threads.Rows, header.Threads);
        _lock.Exit();
        writer.Write(_text.Units, header.TextLength);
        return writer.Length;
    }

    /// <summary>Lets go of every object and of all memory. After the events have stopped; the agent's thread only.</summary>
    public void Free()
    {
        _lock.Enter();
        _freed = true;
        _lock.Exit();
        for (int i = 0; i < _live.Count; i++)
            _ = _info.DestroyHandle(_live[i].Handle);
        _text.Free();
        _types.Free();
        _typeIndex.Free();
        _modules.Free();
        _moduleIndex.Free();
        _frames.Free();
        _stacks.Free();
        _sites.Free();
        _siteIndex.Free();
        _live.Free();
        _threads.Free();
        _givenUp.Free();
        _names.Free();
    }
}
