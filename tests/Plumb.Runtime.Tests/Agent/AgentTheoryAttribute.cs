namespace Plumb.Runtime.Tests.Agent;

/// <summary>As <see cref="AgentFactAttribute"/>, with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AgentTheoryAttribute : TheoryAttribute
{
    public AgentTheoryAttribute() => Skip = new AgentFactAttribute().Skip;
}
