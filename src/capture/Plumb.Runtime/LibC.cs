using System.Runtime.InteropServices;

namespace Plumb.Runtime;

/// <summary>The few calls of the C library that managed code has no name for.</summary>
internal static unsafe partial class LibC
{
    /// <summary>CPUCLOCK_PERTHREAD_MASK | CPUCLOCK_SCHED of linux/posix-timers.h.</summary>
    private const int ThreadClock = 6;

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanos;
    }

    /// <summary>CPU time of a thread of this process so far; −1 when it has ended. One system call, no file.</summary>
    public static long ThreadNanos(int thread)
    {
        TimeSpec time;
        return GetTime((~thread << 3) | ThreadClock, &time) == 0 ? (time.Seconds * 1_000_000_000L) + time.Nanos : -1;
    }

    /// <summary>Ends a process that this one made without telling anybody, and takes note of its end.</summary>
    public static void End(int process)
    {
        const int Kill = 9;
        const int AnyChild = 0x4000_0000;
        if (process <= 1)
            return;
        int status;
        _ = SendSignal(process, Kill);
        _ = Wait(process, &status, AnyChild);
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeMode(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int Wait(int process, int* status, int options);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, TimeSpec* time);
}
