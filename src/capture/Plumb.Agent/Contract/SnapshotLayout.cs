using System.Runtime.InteropServices;

namespace Plumb.Agent.Contract;

/// <summary>Begins a snapshot. Then come, each without padding between its rows: modules, types, frames, stacks, stack frames, sites, threads, CPU rows, text.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct SnapshotHeader
{
    public uint Magic;
    public int Version;
    public int Modules;
    public int Types;
    public int Frames;
    public int Stacks;
    public int StackFrames;
    public int Sites;

    /// <summary>Threads as they were when the process was frozen last; none before.</summary>
    public int Threads;

    /// <summary>UTF-16 units of text.</summary>
    public int TextLength;
    public int RuntimeMajor;

    /// <summary>Of a CPU profile; otherwise none. It has no types, sites and threads.</summary>
    public int CpuRows;

    /// <summary>Samples since the start, those that were lost included.</summary>
    public long Samples;

    /// <summary>Samples for which there was no room.</summary>
    public long LostSamples;

    /// <summary>Samples whose stack found no room: they are in a site without a stack.</summary>
    public long LostStacks;

    /// <summary>How often half of the living samples were given up to make room.</summary>
    public long Thinnings;
    public long LiveSamples;
    public long Collections;

    /// <summary>For how long the process stood still when it was frozen last.</summary>
    public long FreezeNanos;

    /// <summary>Of a CPU profile: threads beyond those that can be watched at once.</summary>
    public long UnwatchedThreads;
}

/// <summary>A piece of the text: a file name or a type name.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct TextRow
{
    public int Start;
    public int Length;
}

/// <summary>An instruction in managed code, as metadata names it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct FrameRow
{
    public long Address;

    /// <summary>Row of the module; −1 where the runtime did not say (dynamic code).</summary>
    public int Module;
    public int MethodToken;

    /// <summary>−1 when unknown.</summary>
    public int IlOffset;

    /// <summary>1 for managed code; of a CPU profile there is other code as well, which the address alone tells.</summary>
    public int IsManaged;
}

/// <summary>A run of rows of the stack frames, leaf first.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct StackRow
{
    public int Start;
    public int Length;
}

/// <summary>What one stack allocated of one type.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct SiteRow
{
    /// <summary>−1: the stack found no room.</summary>
    public int Stack;

    /// <summary>−1: the type found no room.</summary>
    public int Type;
    public AllocationKind Kind;
    public int LiveSamples;
    public long Samples;

    /// <summary>Estimates of the whole, not of what was sampled.</summary>
    public double AllocatedObjects;
    public double AllocatedBytes;
    public double LiveObjects;
    public double LiveBytes;
}

/// <summary>Where one thread was.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct ThreadRow
{
    /// <summary>−1: the stack found no room.</summary>
    public int Stack;

    /// <summary>The system's number of the thread.</summary>
    public int SystemId;
}

/// <summary>What one stack took of the CPU.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct CpuRow
{
    public int Stack;
    public int Reserved;
    public long Samples;
    public long Nanos;
}

/// <summary>Why there is no CPU profile.</summary>
internal enum CpuFault
{
    None = 0,
    NotSampling = 1,

    /// <summary>Another one is under way.</summary>
    Busy = 2,

    /// <summary>The system gives no timers, or no signal.</summary>
    NoTimers = 3,
}

/// <summary>Where the runtime put an object.</summary>
internal enum AllocationKind
{
    Small = 0,
    Large = 1,
    Pinned = 2,
}
