using Plumb.Profiles;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Naming;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Goroutines;

/// <summary>The two ways to a goroutine profile.</summary>
internal static class GoroutineCapture
{
    /// <summary>Freezes a copy of the process and reads from it who waits for what, while the service runs on.</summary>
    /// <exception cref="ProfileUnavailableException">There is no memory for a copy, or none was made.</exception>
    public static Profile Freeze(TargetProcess target, IAgent agent, ThreadWaits waits, DateTimeOffset now)
    {
        MemoryHeadroom.Check(target);
        using var names = new FrameNamer(target);
        var profile = new GoroutineProfile(names, now);
        long taskClass = agent.TaskClass();
        using (FrozenProcess frozen = agent.Freeze())
        {
            AgentSnapshot threads = agent.Read();
            profile.AddThreads(threads, new ThreadStates(target, waits));
            profile.AddChains(PendingTasks.Find(frozen, new FrozenTypes(frozen, names), taskClass));
            profile.Say($"the process stood still for {threads.Header.FreezeNanos / 1e6:0.0} ms");
        }

        profile.Say($"what is garbage but not collected is among them (gc=1 collects first)");
        return profile.Build();
    }

    /// <summary>Reads the tasks that are tracked where they are. Nothing stands still.</summary>
    public static Profile Track(TargetProcess target, TaskTracking tracking, ThreadWaits waits, DateTimeOffset now)
    {
        using var names = new FrameNamer(target);
        var profile = new GoroutineProfile(names, now);
        profile.AddThreads(new ThreadStates(target, waits));
        profile.AddChains(LiveTasks.Find(tracking, names));
        profile.Say($"nothing stood still: tasks are tracked since {tracking.Since:u}, those from before are not seen, and threads are named without their stacks");
        return profile.Build();
    }
}
