using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>Whoever waits in an <c>io.Pipe</c> waits for the other end, and whoever started it has that: it was to be closed on every path.</summary>
internal static class PipeEnds
{
    /// <summary>The line that started the waiting goroutine; null when it waits in no pipe, or within the function that started it.</summary>
    public static Frame? Starter(Site goroutine) =>
        goroutine.OwnFrame is { } own && goroutine.CreatorFrame is { } creator && creator.NamedFunction != own.NamedFunction && creator.NamedFunction != "main.main"
        && Array.Exists(goroutine.Frames, f => f.Is("io", "(*pipe).read", "(*pipe).write", "(*pipe).Read", "(*pipe).Write"))
            ? creator
            : null;
}
