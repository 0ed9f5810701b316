using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge;

/// <summary>A stack of the process as a pattern sees it.</summary>
public sealed record StackFact
{
    /// <summary>Leaf first.</summary>
    public required IReadOnlyList<Frame> Frames { get; init; }

    public required bool IsGoroutine { get; init; }

    public WaitState State { get; init; }

    /// <summary>The words of the dump's brackets; empty when no dump shows the stack.</summary>
    public string StateWords { get; init; } = "";

    /// <summary>Who started the goroutine, nearest first.</summary>
    public IReadOnlyList<Frame> Creators { get; init; } = [];

    public bool IsLockedToThread { get; init; }

    /// <summary>How many goroutines, or bytes of heap, were gained over the series.</summary>
    public double Gained { get; init; }

    /// <summary>How many objects of heap were gained over the series; 0 for goroutines and where it is unknown.</summary>
    public double GainedObjects { get; init; }

    /// <summary>Whether any frame is this function; see <see cref="FrameMatching.Is"/>.</summary>
    public bool Has(string package, params ReadOnlySpan<string> functions)
    {
        foreach (var frame in Frames)
        {
            if (frame.Is(package, functions)) return true;
        }

        return false;
    }

    /// <summary>The frame nearest the leaf.</summary>
    public Frame Leaf => Frames[0];

    /// <summary>What the goroutine was started with.</summary>
    public Frame Root => Frames[^1];

    /// <summary>The frames between the leaf and the application: what the application called.</summary>
    public IEnumerable<Frame> Called => Frames.TakeWhile(f => !f.IsApplication);

    /// <summary>The application frame nearest the leaf.</summary>
    public Frame? Own => Frames.FirstOrDefault(f => f.IsApplication);

    /// <summary>Whether the application called this function and waits, or allocated, beneath it.</summary>
    public bool Calls(string package, params ReadOnlySpan<string> functions)
    {
        foreach (var frame in Frames)
        {
            if (frame.IsApplication) return false;
            if (frame.Is(package, functions)) return Own is not null;
        }

        return false;
    }
}
