namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>Tests on the lab's services in .NET: skipped where the native agent was not built, or a part of the lab is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DotNetTheoryAttribute : TheoryAttribute
{
    public DotNetTheoryAttribute(params string[] parts)
    {
        Parts = parts;
        Skip = !File.Exists(DotNetLab.Agent) && Environment.GetEnvironmentVariable("CI") is not "true"
            ? "the native agent is not built: src/capture/Plumb.Agent/build .plumb/agent"
            : LabParts.ReasonToSkip(parts);
    }

    public IReadOnlyList<string> Parts { get; }
}
