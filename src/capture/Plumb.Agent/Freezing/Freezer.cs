using System.Diagnostics;
using Plumb.Agent.Contract;
using Plumb.Agent.Heap;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Freezing;

/// <summary>
/// Stops the runtime for the time of a fork: some milliseconds, 25 for each gigabyte. The copy shares the memory until one of the two writes;
/// what is to be known of the heap is asked of the copy, while the service runs on.
/// </summary>
internal static unsafe class Freezer
{
    private const int FirstRuntimeThatEnumerates = 9;
    private const int Attempts = 100;
    private const int ListerStackBytes = 128 * 1024;
    private const int SuspensionInProgress = unchecked((int)0x8013_1388);

    /// <summary>The agent's thread only.</summary>
    /// <param name="process">Of the copy; whoever asked ends it.</param>
    /// <param name="socket">The end that stays here.</param>
    public static FreezeFault Freeze(ProfilerInfo info, HeapSamples samples, int runtimeMajor, out int process, out int socket)
    {
        process = socket = -1;
        if (runtimeMajor < FirstRuntimeThatEnumerates)
            return FreezeFault.RuntimeTooOld;
        int* ends = stackalloc int[2];
        if (!StreamSocket.TryPair(ends))
            return FreezeFault.NotForked;

        FrozenCopy.Prepare(info);
        var stacks = new ThreadStacks(info);
        var lister = new Thread(stacks.List, ListerStackBytes) { IsBackground = true };
        lister.Start();
        lister.Join();
        FreezeFault fault = FreezeFault.NotSuspended;
        if (Suspend(info, out long start))
        {
            stacks.Take();
            process = LibC.Fork();
            if (process == 0)
                FrozenCopy.Live(ends[1]);
            fault = process < 0 ? FreezeFault.NotForked : FreezeFault.None;
            _ = info.ResumeRuntime();
            samples.FreezeNanos = (long)Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            stacks.File(samples);
        }

        stacks.Free();
        FrozenCopy.Forget();
        _ = LibC.Close(ends[1]);
        if (fault == FreezeFault.None)
            socket = ends[0];
        else
            _ = LibC.Close(ends[0]);
        return fault;
    }

    // A collection may be under way.
    private static bool Suspend(ProfilerInfo info, out long start)
    {
        start = 0;
        for (int i = 0; i < Attempts; i++)
        {
            start = Stopwatch.GetTimestamp();
            int result = info.SuspendRuntime();
            if (result >= 0)
                return true;
            if (result != SuspensionInProgress)
                return false;
            Thread.Sleep(1);
        }

        return false;
    }
}
