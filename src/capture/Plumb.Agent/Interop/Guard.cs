using System.Runtime.InteropServices;

namespace Plumb.Agent.Interop;

/// <summary>What guard.c offers; it is linked into the library. Of use in the copy alone.</summary>
internal static partial class Guard
{
    /// <summary>From now on no handler of the service runs here, and a question about what is not there is given up.</summary>
    [LibraryImport(NativePart.Name, EntryPoint = "plumb_copy_takes_signals")]
    public static partial void TakeSignals();

    /// <param name="function">Of the runtime, with up to eight arguments as wide as a pointer.</param>
    /// <returns>What it says; negative when it would have ended the process.</returns>
    [LibraryImport(NativePart.Name, EntryPoint = "plumb_copy_asks")]
    public static partial int Ask(nint function, nint a, nint b, nint c, nint d, nint e = 0, nint f = 0, nint g = 0, nint h = 0);
}
