using System.Runtime.InteropServices;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Stacks;

/// <summary>The runtime's own walk over a thread's stack, leaf first; frames beyond the room given are left out.</summary>
internal static unsafe class StackWalk
{
    private struct Walk
    {
        public RawFrame* Frames;
        public int Capacity;
        public int Count;
    }

    /// <param name="thread">One that stands still.</param>
    public static int Take(ProfilerInfo info, nint thread, Span<RawFrame> frames)
    {
        fixed (RawFrame* rows = frames)
        {
            var walk = new Walk { Frames = rows, Capacity = frames.Length };
            _ = info.DoStackSnapshot(thread, &Visit, &walk);
            return walk.Count;
        }
    }

    /// <summary>Of the calling thread.</summary>
    public static int Take(ProfilerInfo info, Span<RawFrame> frames)
    {
        fixed (RawFrame* rows = frames)
        {
            var walk = new Walk { Frames = rows, Capacity = frames.Length };
            _ = info.DoStackSnapshot(&Visit, &walk);
            return walk.Count;
        }
    }

    [UnmanagedCallersOnly]
    private static int Visit(nint function, nint address, nint frame, uint contextLength, byte* context, void* state)
    {
        var walk = (Walk*)state;
        if (function == 0)
            return HResult.Ok;
        if (walk->Count == walk->Capacity)
            return HResult.Fail;
        walk->Frames[walk->Count++] = new RawFrame { Function = function, Address = address };
        return HResult.Ok;
    }
}
