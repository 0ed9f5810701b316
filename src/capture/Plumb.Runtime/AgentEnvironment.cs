using Plumb.Agent.Contract;

namespace Plumb.Runtime;

/// <summary>How a .NET process is told by its environment to start with the native agent.</summary>
public static class AgentEnvironment
{
    /// <summary>The variables and their values. Another profiler that is started in the usual way runs beside it.</summary>
    /// <param name="agentPath">The agent's file, as that process sees it.</param>
    public static IReadOnlyList<(string Name, string Value)> Variables(string agentPath) =>
    [
        ("CORECLR_ENABLE_PROFILING", "1"),
        ("CORECLR_ENABLE_NOTIFICATION_PROFILERS", "1"),
        ("CORECLR_NOTIFICATION_PROFILERS", $"{agentPath}={AgentContract.ClassId:B};"),
        // Whoever asks the process for its heap finds the agent that is there.
        ("PLUMB_AGENT", agentPath),
    ];
}
