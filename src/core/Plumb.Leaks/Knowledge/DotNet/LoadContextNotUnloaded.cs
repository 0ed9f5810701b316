namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>AssemblyLoadContext</c> objects rise.</summary>
public sealed class LoadContextNotUnloaded : LeakPattern
{
    public override string Id => "dotnet-load-context-not-unloaded";

    public override string Title => "Collectible assemblies do not go away";

    public override string Cause =>
        "A static field, an event, a thread or a cached type still refers into the load context, so Unload cannot " +
        "finish.";

    public override string Remedy =>
        "Take off event handlers, end threads and clear caches before Unload; find the root with a dump.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/standard/assembly/unloadability";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Runtime.Loader.AssemblyLoadContext*", "System.Reflection.LoaderAllocator", "System.Reflection.LoaderAllocatorScout")
            ? PatternMatch.Yes("load contexts and their allocators rise")
            : PatternMatch.No;
    }
}
