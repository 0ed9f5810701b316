namespace Plumb.Leaks.Stacks;

/// <summary>The goroutines of one stack over a series.</summary>
internal sealed class GoroutineRow(StackKey key, bool[] isMissing) : IStackRow<GoroutineRow>
{
    public StackKey Key { get; } = key;

    /// <summary>How many there were in each snapshot; NaN where it has no goroutines at all.</summary>
    public double[] Counts { get; } = StackRows.New(isMissing);

    /// <summary>What the dumps know of them; null when no dump shows the stack.</summary>
    public DumpFacts? Dump { get; set; }

    /// <summary>How many the garbage collector proved stuck, at the last snapshot that says so.</summary>
    public double ProvenLeaks { get; set; }

    public void Add(GoroutineRow other)
    {
        StackRows.Add(Counts, other.Counts);
        ProvenLeaks += other.ProvenLeaks;
    }
}
