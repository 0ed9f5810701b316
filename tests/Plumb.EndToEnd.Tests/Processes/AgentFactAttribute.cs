using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests.Processes;

/// <summary>A test that needs the native agent: skipped where it was not built, but not in a build job.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AgentFactAttribute : FactAttribute
{
    public AgentFactAttribute()
    {
        if (!File.Exists(AgentPath) && Environment.GetEnvironmentVariable("CI") is not "true")
            Skip = "the native agent is not built: src/capture/Plumb.Agent/build .plumb/agent (needs gcc, libc6-dev, zlib1g-dev)";
    }

    /// <summary>Where <c>./dev test</c> puts it.</summary>
    public static string AgentPath { get; } = Path.Combine(Repository.Checkout.Root, ".plumb/agent/libplumb-agent.so");
}
