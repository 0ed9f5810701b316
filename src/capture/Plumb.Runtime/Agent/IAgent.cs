using Plumb.Runtime.Frozen;

namespace Plumb.Runtime.Agent;

/// <summary>The agent at work: in this process, or in another one.</summary>
internal interface IAgent
{
    /// <summary>Whether it was there before it was asked for: then its samples reach further back.</summary>
    bool WasSampling { get; }

    /// <exception cref="ProfileUnavailableException">It was stopped, or its process has ended.</exception>
    AgentSnapshot Read();

    /// <summary>A copy of its process that stands still. The threads of the next <see cref="Read"/> are those of that moment.</summary>
    /// <exception cref="ProfileUnavailableException">The runtime did not stand still, or the system made no copy.</exception>
    FrozenProcess Freeze();

    /// <summary>The runtime's number of the class Task.</summary>
    long TaskClass();

    /// <summary>Collects garbage in all generations.</summary>
    void Collect();

    /// <summary>Begins a CPU profile of so many samples for each second of CPU time.</summary>
    /// <exception cref="ProfileUnavailableException">There are no timers, or another CPU profile is under way.</exception>
    void BeginCpu(int hertz);

    /// <summary>Ends it; it can be read once.</summary>
    AgentSnapshot EndCpu();

    /// <summary>Gives it up, or what is left of it.</summary>
    void ForgetCpu();

    /// <summary>Gives it back: it leaves the process when nobody else needs it.</summary>
    void Stop();
}
