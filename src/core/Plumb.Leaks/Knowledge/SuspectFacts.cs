using Plumb.Leaks.Stacks;

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

    /// <summary>The application's function that is to blame as far as the stacks tell, as <see cref="Frame.NamedFunction"/>; null when none is known.</summary>
    public string? Blamed { get; init; }

    /// <summary>Whether the program is one of .NET.</summary>
    public bool IsDotNet => Growing.Concat(Process).Any(s => s.Leaf.IsDotNet);

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

    /// <summary>Whether live objects of one of these .NET types rise. Type arguments do not count; a name may begin or end in <c>*</c>.</summary>
    public bool TypeGrows(params ReadOnlySpan<string> names) => AnyType(Growing, names) || AnyType([.. OfBlamed().Where(s => s.Gained > 0)], names);

    /// <summary>Whether the process has live objects of one of these .NET types at all.</summary>
    public bool HasType(params ReadOnlySpan<string> names) => AnyType(Process, names);

    /// <summary>Whether the function to blame ever allocated objects of one of these .NET types itself, living or not.</summary>
    public bool BlamedAllocates(params string[] types) => OfBlamed().Any(s => AnyType([s], types));

    /// <summary>Whether the function to blame ever allocated beneath a call whose name begins so.</summary>
    public bool BlamedCalls(params string[] prefixes) => OfBlamed().Any(s => HasCalled(s, new NamePrefixes(prefixes)));

    /// <summary>The share of the heap growth that was allocated beneath calls whose names begin so, whoever made them.</summary>
    public double ShareBeneath(params string[] prefixes) => ShareOfHeap(s => HasCalled(s, new NamePrefixes(prefixes)));

    /// <summary>Whether more and more async methods, or threads, of .NET wait for one of these calls; a name may end in <c>*</c>.</summary>
    public bool Awaits(params string[] calls) =>
        Goroutines.Any(s => Array.Exists(calls, call => Fits(DotNetSymbol.WithoutTypeArguments(s.Leaf.Function), call)));

    /// <summary>Whether more and more async methods of .NET wait at all.</summary>
    public bool HasPendingAsync => Goroutines.Any(s => s.State == WaitState.Await || s.Leaf.Function.EndsWith(".MoveNext", StringComparison.Ordinal));

    private IEnumerable<StackFact> OfBlamed() => Blamed is null ? [] : Process.Concat(Growing).Where(s => !s.IsGoroutine && s.Own?.NamedFunction == Blamed);

    private static bool HasCalled(StackFact stack, NamePrefixes calls) => stack.Called.Any(f => calls.Begin(f.Function));

    private static bool AnyType(IReadOnlyList<StackFact> stacks, ReadOnlySpan<string> names)
    {
        foreach (var stack in stacks)
        {
            if (stack.IsGoroutine) continue;
            var type = DotNetSymbol.WithoutTypeArguments(stack.Leaf.Function);
            foreach (var name in names)
            {
                if (Fits(type, name)) return true;
            }
        }

        return false;
    }

    private static bool Fits(string type, string name) =>
        name[^1] == '*' ? type.StartsWith(name.AsSpan(0, name.Length - 1), StringComparison.Ordinal)
        : name[0] == '*' ? type.EndsWith(name.AsSpan(1), StringComparison.Ordinal)
        : type == name;
}
