namespace Plumb.Leaks.Stacks;

/// <summary>The goroutines of one stack over a series.</summary>
internal sealed class GoroutineRow(StackKey key, int snapshots)
{
    public StackKey Key { get; } = key;

    /// <summary>How many there were in each snapshot; NaN where it has no goroutines at all.</summary>
    public double[] Counts { get; } = new double[snapshots];

    /// <summary>What the dumps know of them; null when no dump shows the stack.</summary>
    public DumpFacts? Dump { get; set; }

    /// <summary>How many the garbage collector proved stuck, at the last snapshot that says so.</summary>
    public double ProvenLeaks { get; set; }
}
