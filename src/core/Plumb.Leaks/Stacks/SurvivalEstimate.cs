namespace Plumb.Leaks.Stacks;

/// <summary>
/// How much of the growth at a stack, or at several together, stayed, from the ids in the dumps. Not the share of all members: a leak hidden among
/// work in progress, or work in progress among a pool of workers, would be misread.
/// </summary>
internal sealed class SurvivalEstimate(IReadOnlyList<ReadDump> dumps, params IReadOnlyList<StackKey> keys)
{
    private const int FewestNew = 4;
    private const double NewestShare = 0.25;
    private const double LeftPerGained = 0.5;

    /// <summary>0 to 1, null when too few are new to tell; and whether it was seen or inferred.</summary>
    public (double? Share, bool WasSeen) Share()
    {
        var (share, wasSeen) = dumps.Count >= 3 && OfThoseBornBetween() is { } seen ? ((double?)seen, true) : (BySpreadOfIds(), false);
        return OfThoseSeenBefore() is { } kept && share > kept ? (kept, wasSeen) : (share, wasSeen);
    }

    // Where as many left as half of what was gained, those that left say more than the sum: a crowd that is all new is work in progress, though
    // more come than go. Fewer may have been on their way through the place where others are stuck.
    private double? OfThoseSeenBefore()
    {
        var (seen, left) = SeenBefore();
        var gained = dumps[^1].Ids(keys).Count - dumps[0].Ids(keys).Count;
        return left >= Math.Max(FewestNew, LeftPerGained * gained) ? (double)(seen - left) / seen : null;
    }

    /// <summary>How many were there in the first or the middle dump, and how many of them are not in the last.</summary>
    public (int Seen, int Left) SeenBefore()
    {
        var earlier = dumps[0].Ids(keys);
        if (dumps.Count >= 3) earlier.UnionWith(dumps[dumps.Count / 2].Ids(keys));
        var last = dumps[^1].Ids(keys);
        return (earlier.Count, earlier.Count(id => !last.Contains(id)));
    }

    // Born between the first two dumps, still there in the last, per unit of growth between the first two.
    private double? OfThoseBornBetween()
    {
        var first = dumps[0].Ids(keys);
        var middle = dumps[dumps.Count / 2].Ids(keys);
        var last = dumps[^1].Ids(keys);
        var grown = middle.Count - first.Count;
        if (grown < FewestNew) return null;
        // A worker that was there before, at something else, was not started since: it takes one job after the other.
        middle.RemoveWhere(id => id <= dumps[0].HighestId);
        middle.IntersectWith(last);
        return Math.Min(1, (double)middle.Count / grown);
    }

    // Ids rise with time. What stays has ids from the whole span since the first dump; what comes and goes has the newest only.
    private double? BySpreadOfIds()
    {
        var first = dumps[0].Ids(keys);
        var last = dumps[^1].Ids(keys);
        var grown = last.Count - first.Count;
        if (grown < FewestNew || dumps[^1].HighestId <= dumps[0].HighestId) return null;
        var newest = dumps[0].HighestId + (long)((dumps[^1].HighestId - dumps[0].HighestId) * (1 - NewestShare));
        var older = last.Count(id => id > dumps[0].HighestId && id <= newest);
        return Math.Min(1, older / (1 - NewestShare) / grown);
    }
}
