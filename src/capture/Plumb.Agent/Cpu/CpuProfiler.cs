using Plumb.Agent.Interop;

namespace Plumb.Agent.Cpu;

/// <summary>One CPU profile, from the first timer to the last sample. The agent's lock guards it.</summary>
internal sealed unsafe class CpuProfiler(ProfilerInfo info, ulong periodNanos)
{
    private readonly CpuTimers _timers = new(periodNanos);
    private readonly CpuSamples _samples = new(info, periodNanos);

    public bool Begin() => _timers.Begin();

    /// <summary>Looks for new threads and empties the rings. The agent's thread only: to those of the application the runtime does not tell of methods.</summary>
    public void Work()
    {
        _timers.Follow();
        _timers.Drain(_samples);
        _samples.NameFrames();
    }

    public void Stop() => _timers.Stop();

    public nint Write(byte* buffer, nint capacity, int runtimeMajor) => _samples.Write(buffer, capacity, runtimeMajor, _timers.Unwatched);

    public void Free()
    {
        _timers.Free();
        _samples.Free();
    }
}
