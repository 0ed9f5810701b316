using Plumb.Agent.Contract;

namespace Plumb.Runtime.Agent;

/// <summary>Why the agent gave nothing, in words: it answers with a number, or with no bytes.</summary>
internal static class AgentFaults
{
    public static ProfileUnavailableException Stopped() => new("the native agent was stopped");

    public static ProfileUnavailableException Explain(FreezeFault fault) => fault switch
    {
        FreezeFault.NotSampling => Stopped(),
        FreezeFault.RuntimeTooOld => new("the runtime is older than .NET 9, which is the first that lists its objects"),
        FreezeFault.NotSuspended => new("the runtime could not be made to stand still"),
        _ => new("the system made no copy of the process (out of memory or processes)"),
    };

    public static ProfileUnavailableException Explain(CpuFault fault) => fault switch
    {
        CpuFault.NotSampling => Stopped(),
        CpuFault.Busy => new("another CPU profile is under way"),
        _ => new("the system gives no timers of threads' CPU time"),
    };
}
