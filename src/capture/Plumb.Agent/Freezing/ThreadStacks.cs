using System.Diagnostics.CodeAnalysis;
using Plumb.Agent.Heap;
using Plumb.Agent.Interop;
using Plumb.Agent.Stacks;

namespace Plumb.Agent.Freezing;

/// <summary>The stacks of all managed threads at one moment. Taken while the runtime stands still, filed afterwards.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Freed explicitly, as all of the agent's memory.")]
internal sealed unsafe class ThreadStacks(ProfilerInfo info)
{
    private const int MaxThreads = 16_384;
    private const int MaxFrames = 1_048_576;
    private const int MaxDepth = 200;

    private readonly ProfilerInfo _info = info;
    private NativeArray<nint> _threads = new(MaxThreads);
    private NativeArray<Taken> _taken = new(MaxThreads);
    private NativeArray<RawFrame> _frames = new(MaxFrames);
    private int _count;

    private struct Taken
    {
        public int SystemId;
        public int Start;
        public int Length;
    }

    /// <summary>Before the runtime stands still. On a thread that the runtime does not know: to others it does not tell of threads.</summary>
    public void List()
    {
        _count = Math.Min(_info.Threads(_threads.Rows, _threads.Capacity), _taken.Capacity);
        for (int i = 0; i < _count; i++)
        {
            int systemId = 0;
            _ = _info.GetThreadInfo(_threads[i], &systemId);
            _taken[i].SystemId = systemId;
        }
    }

    /// <summary>While it does.</summary>
    public void Take()
    {
        int filled = 0;
        for (int i = 0; i < _count; i++)
        {
            int length = filled + MaxDepth <= _frames.Capacity ? StackWalk.Take(_info, _threads[i], _frames.Part(filled, MaxDepth)) : 0;
            _taken[i].Start = filled;
            _taken[i].Length = length;
            filled += length;
        }
    }

    /// <summary>Afterwards.</summary>
    public void File(HeapSamples samples)
    {
        samples.ClearThreads();
        for (int i = 0; i < _count; i++)
        {
            Taken taken = _taken[i];
            if (taken.Length > 0)
                samples.AddThread(taken.SystemId, _frames.Part(taken.Start, taken.Length));
        }
    }

    public void Free()
    {
        _threads.Free();
        _taken.Free();
        _frames.Free();
    }
}
