namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>Tests on several services of the lab: skipped where a part of it is not installed (see <see cref="LabParts"/>).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LabTheoryAttribute : TheoryAttribute
{
    public LabTheoryAttribute(params string[] parts)
    {
        Parts = parts;
        Skip = LabParts.ReasonToSkip(parts);
    }

    public IReadOnlyList<string> Parts { get; }
}
