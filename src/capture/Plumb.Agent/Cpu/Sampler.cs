using System.Runtime.InteropServices;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Cpu;

/// <summary>What sampler.c offers; it is linked into the library.</summary>
internal static unsafe partial class Sampler
{
    /// <summary>Puts the handler before the one that is there.</summary>
    /// <param name="mainTop">Where the stack of the first thread begins.</param>
    /// <returns>0, or negative.</returns>
    [LibraryImport(NativePart.Name, EntryPoint = "plumb_cpu_install")]
    public static partial int Install(void* slots, ulong count, ulong mainTop);

    [LibraryImport(NativePart.Name, EntryPoint = "plumb_cpu_uninstall")]
    public static partial void Uninstall();

    [LibraryImport(NativePart.Name, EntryPoint = "plumb_cpu_slot_size")]
    public static partial ulong SlotSize();

    /// <summary>Sends a thread a signal each time it has taken so much CPU time.</summary>
    /// <returns>The timer; negative when there is none.</returns>
    [LibraryImport(NativePart.Name, EntryPoint = "plumb_cpu_watch")]
    public static partial int Watch(int thread, void* slot, ulong nanos);

    [LibraryImport(NativePart.Name, EntryPoint = "plumb_cpu_unwatch")]
    public static partial void Unwatch(int timer);
}
