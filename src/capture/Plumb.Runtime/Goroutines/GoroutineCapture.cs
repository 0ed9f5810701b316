using System.Globalization;
using Plumb.Profiles;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Goroutines;

/// <summary>Freezes a copy of the process and reads from it who waits for what, while the service runs on.</summary>
internal static class GoroutineCapture
{
    /// <exception cref="ProfileUnavailableException">There is no memory for a copy, or none was made.</exception>
    public static Profile Take(HeapAgent agent, DateTimeOffset now)
    {
        MemoryHeadroom.Check();
        using var names = new FrameNamer();
        using FrozenProcess frozen = agent.Freeze();
        IReadOnlyCollection<PendingTask> tasks = PendingTasks.Find(frozen, new FrozenTypes(frozen, names), typeof(Task).TypeHandle.Value, out long lost);
        return GoroutineProfile.Build(agent.Read(), tasks, lost, names, IsRunning, now);
    }

    // The third field behind the name in brackets, which may hold anything.
    private static bool IsRunning(int thread)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread}/stat"));
            return stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart().StartsWith("R");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
