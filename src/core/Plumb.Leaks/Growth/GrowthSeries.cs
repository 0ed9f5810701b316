namespace Plumb.Leaks.Growth;

/// <summary>One quantity over the points of a <see cref="LoadTimeline"/>.</summary>
public sealed record GrowthSeries
{
    public required GrowthQuantity Quantity { get; init; }

    /// <summary>One value for each point of the timeline; NaN where it could not be read.</summary>
    public required double[] Values { get; init; }

    /// <summary>The samples behind each value when it is an estimate (<see cref="HeapSampling"/>); null when it is a count.</summary>
    public double[]? RawSamples { get; init; }

    /// <summary>Samples that were taken at this place since the process started, gone or not, at each point; null when unknown. What of
    /// them is not in <see cref="RawSamples"/> has been given back.</summary>
    public double[]? AllocatedSamples { get; init; }

    /// <summary>Where the quantity must stop: memory, descriptors; null when unknown.</summary>
    public double? Limit { get; init; }

    /// <summary>What share of the members seen earlier was still there at the end, 0 to 1, where that is known (goroutine
    /// ids in dumps). Members that come and go are work in progress however their number rises.</summary>
    public double? Survival { get; init; }

    /// <summary>Whether <see cref="Survival"/> was seen, members followed from one dump to another, and not inferred from their ids.</summary>
    public bool SurvivalWasSeen { get; init; }

    /// <summary>
    /// Whether the members are work on requests that ends by itself, as far as the stack tells: a handler that sleeps, computes or
    /// waits for the network. With the load unknown, more of it means more load as well as it means a leak.
    /// </summary>
    public bool IsWorkOnRequests { get; init; }

    /// <summary>
    /// Whether the members wait for what no healthy goroutine waits for long: a lock, room in a channel, nothing at all. Those that
    /// wait to receive may be idle workers, whose number rises until the pool is full.
    /// </summary>
    public bool IsStuck { get; init; }

    /// <summary>Whether the members may be connections that wait for their next request. A pool keeps as many as the traffic needs.</summary>
    public bool IsIdleConnection { get; init; }

    /// <summary>Something known exactly that cannot stay level while this grows, such as resident memory for an estimate of heap;
    /// null when unknown, NaN where it could not be read.</summary>
    public double[]? Enclosing { get; init; }

    /// <summary>The sum of this and of all its like, of which members may move from one place to another; null where they do not.</summary>
    public double[]? Whole { get; init; }

    /// <summary>Whether nobody but the framework is seen at work: what it keeps follows the load in steps, so only what surely rises counts.</summary>
    public bool IsOfFramework { get; init; }

    /// <summary>A growth smaller than this is never worth a finding, and a value is not known more finely than a fraction of it.</summary>
    internal double SmallestGrowth => Quantity switch
    {
        GrowthQuantity.HeapBytes => 32 * 1024,
        GrowthQuantity.ResidentBytes => 4 * 1024 * 1024,
        GrowthQuantity.HeapObjects => 8,
        GrowthQuantity.Threads => 3,
        GrowthQuantity.Goroutines when IsStuck => 3,
        _ => 4,
    };

    internal double Resolution => Quantity switch
    {
        GrowthQuantity.HeapBytes => 1024,
        GrowthQuantity.ResidentBytes => 256 * 1024,
        // A count moves in whole steps: the standard deviation of rounding.
        _ => 0.289,
    };
}
