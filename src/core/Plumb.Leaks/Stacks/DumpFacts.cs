namespace Plumb.Leaks.Stacks;

/// <summary>What goroutine dumps say about the goroutines of one stack, beyond their number.</summary>
internal sealed class DumpFacts
{
    /// <summary>The commonest words in the brackets of the last dump.</summary>
    public string State { get; set; } = "";

    public bool IsLockedToThread { get; set; }

    /// <summary>Members in the last dump that shows the stack.</summary>
    public int Count { get; set; }

    /// <summary>Of them, how many have waited for at least a minute.</summary>
    public int Waiting { get; set; }

    public long LongestWaitMinutes { get; set; }

    /// <summary>How evenly the waiting times of those that wait spread, 0 (all alike: started together) to 1 (over the whole range).</summary>
    public double WaitSpread { get; set; }

    /// <summary>
    /// Whether each has waited since it was started, and they were started one after the other: the lower the id, the longer the wait,
    /// over times that differ. Workers wait since their last job, in no order.
    /// </summary>
    public bool WaitSinceTheyStarted { get; set; }

    /// <summary>Frame ids of who started them, nearest first: the <c>go</c> statement, then the stack of the goroutine that ran it
    /// if that still lives, then its creator.</summary>
    public int[] Creators { get; set; } = [];

    /// <summary>Share of the growth that stayed, 0 to 1; null when the dumps cannot tell.</summary>
    public double? Survival { get; set; }

    /// <summary>Members of earlier dumps.</summary>
    public int SeenBefore { get; set; }

    /// <summary>Of them, how many are not there any more.</summary>
    public int LeftSince { get; set; }

    /// <summary>Whether members were followed from one dump to another, not inferred from their ids.</summary>
    public bool SurvivalWasSeen { get; set; }
}
