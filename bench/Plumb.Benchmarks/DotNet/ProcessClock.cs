using System.Runtime.InteropServices;

namespace Plumb.Benchmarks.DotNet;

/// <summary>CPU time of another process, in nanoseconds: /proc counts in hundredths of a second.</summary>
internal static partial class ProcessClock
{
    /// <summary>CPUCLOCK_SCHED of linux/posix-timers.h.</summary>
    private const int Clock = 2;

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanos;
    }

    public static double Seconds(int process) => GetTime((~process << 3) | Clock, out TimeSpec time) == 0
        ? time.Seconds + (time.Nanos / 1e9)
        : throw new InvalidOperationException($"process {process} has ended");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);
}
