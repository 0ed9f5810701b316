using System.Runtime.InteropServices;

namespace Plumb.Runtime.Cpu;

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

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, TimeSpec* time);
}
