namespace Plumb.Leaks.Knowledge;

/// <summary>What a pattern may look at: what grows in a suspect, and the rest of the process around it.</summary>
public sealed class SuspectFacts
{
    /// <summary>The growing stacks of the suspect.</summary>
    public required IReadOnlyList<StackFact> Growing { get; init; }

    /// <summary>All stacks of the process at any time, growing or not; heap rows of a single sample too.</summary>
    public IReadOnlyList<StackFact> Process { get; init; } = [];

    /// <summary>Names of the process's figures that grow with the suspect: <c>fds.socket</c>, <c>threads</c>, <c>rss_bytes</c>.</summary>
    public IReadOnlyList<string> GrowingFigures { get; init; } = [];

    public IEnumerable<StackFact> Goroutines => Growing.Where(s => s.IsGoroutine);

    public IEnumerable<StackFact> Heap => Growing.Where(s => !s.IsGoroutine);

    public bool HasGoroutines => Goroutines.Any();

    public bool SocketsGrow => GrowingFigures.Any(f => f == "fds.socket" || f.StartsWith("tcp.", StringComparison.Ordinal)) || DescriptorsOfUnknownKind;

    public bool FilesGrow => GrowingFigures.Contains("fds.file") || DescriptorsOfUnknownKind;

    public bool ThreadsGrow => GrowingFigures.Contains("threads");

    private bool DescriptorsOfUnknownKind => GrowingFigures.Contains("fds") && !GrowingFigures.Any(f => f.StartsWith("fds.", StringComparison.Ordinal));

    /// <summary>The growing goroutine stack that has one of these functions, if any.</summary>
    public StackFact? Goroutine(string package, params string[] functions) => Goroutines.FirstOrDefault(s => s.Has(package, functions));

    /// <summary>The growing heap stack on which the application called one of these functions, if any.</summary>
    public StackFact? Allocated(string package, params string[] functions) => Heap.FirstOrDefault(s => s.Calls(package, functions));

    /// <summary>The share of the suspect's heap growth that was allocated beneath these functions.</summary>
    public double ShareOfHeap(Func<StackFact, bool> where)
    {
        double all = 0, part = 0;
        foreach (var stack in Heap)
        {
            var gained = Math.Max(0, stack.Gained);
            all += gained;
            if (where(stack)) part += gained;
        }

        return all <= 0 ? 0 : part / all;
    }
}
