namespace Plumb.Runtime.Tests.Agent;

/// <summary>A test that needs the native agent: skipped where it was not built, but not in continuous integration.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AgentFactAttribute : FactAttribute
{
    public AgentFactAttribute()
    {
        if (!File.Exists(AgentFile.Path) && Environment.GetEnvironmentVariable("CI") is not "true")
            Skip = "the native agent is not built: src/capture/Plumb.Agent/build .plumb/agent (needs gcc, libc6-dev, zlib1g-dev)";
    }
}
