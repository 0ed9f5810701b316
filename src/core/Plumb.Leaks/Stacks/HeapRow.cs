namespace Plumb.Leaks.Stacks;

/// <summary>The live heap of one allocating stack over a series.</summary>
internal sealed class HeapRow(StackKey key, bool[] isMissing) : IStackRow<HeapRow>
{
    public StackKey Key { get; } = key;

    /// <summary>Estimated live objects; NaN where a snapshot has no heap profile.</summary>
    public double[] Objects { get; } = StackRows.New(isMissing);

    /// <summary>Estimated live bytes.</summary>
    public double[] Bytes { get; } = StackRows.New(isMissing);

    /// <summary>The samples that the estimates rest on.</summary>
    public double[] RawSamples { get; } = StackRows.New(isMissing);

    /// <summary>The samples ever taken at the stack, live or not.</summary>
    public double[] AllocatedSamples { get; } = StackRows.New(isMissing);

    /// <summary>Estimated bytes ever allocated, at the last snapshot.</summary>
    public double AllocatedBytes { get; set; }

    /// <summary>Estimated objects ever allocated, at the last snapshot.</summary>
    public double AllocatedObjects { get; set; }

    /// <summary>Live bytes at the last snapshot that has a heap, less those at the first.</summary>
    public double Gained => Array.FindAll(Bytes, double.IsFinite) is [var first, .., var last] ? last - first : 0;

    /// <summary>The samples ever taken where they are counted, else the live ones.</summary>
    public double[] Seen => Array.Exists(AllocatedSamples, s => s > 0) ? AllocatedSamples : RawSamples;

    public void Add(HeapRow other)
    {
        StackRows.Add(Objects, other.Objects);
        StackRows.Add(Bytes, other.Bytes);
        StackRows.Add(RawSamples, other.RawSamples);
        StackRows.Add(AllocatedSamples, other.AllocatedSamples);
        AllocatedBytes += other.AllocatedBytes;
        AllocatedObjects += other.AllocatedObjects;
    }
}
