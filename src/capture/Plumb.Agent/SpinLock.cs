using Plumb.Agent.Interop;

namespace Plumb.Agent;

/// <summary>
/// A lock for the few instructions in which a sample is filed. Held by a thread in cooperative mode, it must never be held across
/// a call into the runtime: that call may wait for the thread that waits here.
/// </summary>
internal struct SpinLock
{
    private const int SpinsBeforeYield = 64;
    private int _held;

    public void Enter()
    {
        int spins = 0;
        while (Interlocked.CompareExchange(ref _held, 1, 0) != 0)
        {
            if (++spins % SpinsBeforeYield == 0)
                _ = LibC.Yield();
        }
    }

    public void Exit() => Volatile.Write(ref _held, 0);
}
