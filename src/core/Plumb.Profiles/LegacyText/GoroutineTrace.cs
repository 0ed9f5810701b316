using System.Collections.Immutable;

namespace Plumb.Profiles.LegacyText;

/// <summary>A call stack of a dump. Goroutines with the same stack share one instance, so they can be grouped by reference.</summary>
public sealed class GoroutineTrace
{
    internal GoroutineTrace(ImmutableArray<GoroutineFrame> frames, bool isElided, bool isUnavailable)
    {
        Frames = frames;
        IsElided = isElided;
        IsUnavailable = isUnavailable;
    }

    /// <summary>The calls, leaf first.</summary>
    public ImmutableArray<GoroutineFrame> Frames { get; }

    /// <summary>The stack was too deep to be printed whole: frames are missing in the middle or at the root.</summary>
    public bool IsElided { get; }

    /// <summary>The goroutine was running on another thread, so the runtime could not walk its stack.</summary>
    public bool IsUnavailable { get; }
}
