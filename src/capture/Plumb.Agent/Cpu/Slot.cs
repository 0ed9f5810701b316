using System.Runtime.InteropServices;

namespace Plumb.Agent.Cpu;

/// <summary>Where one thread was when it had taken another period of CPU time. The layout is that of sampler.c.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Sample
{
    public const int MaxWords = 32;
    public const int MaxFrames = 120;

    /// <summary>Periods since the last sample of the thread.</summary>
    public ulong Weight;
    public ulong Frames;
    public ulong Words;
    public ulong Instruction;

    /// <summary>The innermost words of the stack.</summary>
    public fixed ulong Word[MaxWords];

    /// <summary>Return addresses along the frame pointers, innermost first.</summary>
    public fixed ulong Frame[MaxFrames];
}

/// <summary>The ring of one thread: the handler writes, the agent's thread reads. <see cref="RingSamples"/> samples follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Slot
{
    public const int RingSamples = 64;

    public ulong Active;
    public ulong Written;
    public ulong Read;

    /// <summary>Periods for which there was no room.</summary>
    public ulong Lost;
}
