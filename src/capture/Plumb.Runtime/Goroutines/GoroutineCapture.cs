using Plumb.Profiles;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Naming;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Goroutines;

/// <summary>Freezes a copy of the process and reads from it who waits for what, while the service runs on.</summary>
internal static class GoroutineCapture
{
    /// <exception cref="ProfileUnavailableException">There is no memory for a copy, or none was made.</exception>
    public static Profile Take(TargetProcess target, IAgent agent, DateTimeOffset now)
    {
        MemoryHeadroom.Check(target);
        using var names = new FrameNamer(target);
        long taskClass = agent.TaskClass();
        using FrozenProcess frozen = agent.Freeze();
        IReadOnlyCollection<PendingTask> tasks = PendingTasks.Find(frozen, new FrozenTypes(frozen, names), taskClass, out long lost);
        return GoroutineProfile.Build(agent.Read(), tasks, lost, names, new ThreadStates(target).IsRunning, now);
    }
}
