namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>What <c>shop --list</c> says of a defect; a look-alike has neither pattern nor function.</summary>
public sealed record DotNetDefect(string Name, string File, string Pattern, string Function, string Needs, int Rate)
{
    public bool IsLeak => Pattern.Length > 0;
}
