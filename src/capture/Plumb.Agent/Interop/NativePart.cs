namespace Plumb.Agent.Interop;

/// <summary>The pieces of the agent that are written in C, and linked into it: see the project file.</summary>
internal static class NativePart
{
    public const string Name = "plumb_native";
}
