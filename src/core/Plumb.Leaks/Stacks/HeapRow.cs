namespace Plumb.Leaks.Stacks;

/// <summary>The live heap of one allocating stack over a series.</summary>
internal sealed class HeapRow(StackKey key, int snapshots)
{
    public StackKey Key { get; } = key;

    /// <summary>Estimated live objects; NaN where a snapshot has no heap profile.</summary>
    public double[] Objects { get; } = new double[snapshots];

    /// <summary>Estimated live bytes.</summary>
    public double[] Bytes { get; } = new double[snapshots];

    /// <summary>The samples that the estimates rest on.</summary>
    public double[] RawSamples { get; } = new double[snapshots];

    /// <summary>The samples ever taken at the stack, live or not.</summary>
    public double[] AllocatedSamples { get; } = new double[snapshots];

    /// <summary>Estimated bytes ever allocated, at the last snapshot.</summary>
    public double AllocatedBytes { get; set; }

    /// <summary>Estimated objects ever allocated, at the last snapshot.</summary>
    public double AllocatedObjects { get; set; }

    /// <summary>Live bytes at the last snapshot that has a heap, less those at the first.</summary>
    public double Gained => Array.FindAll(Bytes, double.IsFinite) is [var first, .., var last] ? last - first : 0;
}
