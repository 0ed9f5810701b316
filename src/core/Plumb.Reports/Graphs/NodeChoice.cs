using Plumb.Reports.Measurements;
using Plumb.Reports.Options;

namespace Plumb.Reports.Graphs;

/// <summary>Which entries a report shows, in what order.</summary>
internal sealed class NodeChoice
{
    private readonly bool _keepsCancelled;

    private NodeChoice(IEnumerable<CallNode> all, ReportOptions options, bool keepsCancelled)
    {
        _keepsCancelled = keepsCancelled;
        long total = 0;
        foreach (CallNode node in all)
        {
            if ((node.Flat == 0 && CumWeight(node) == 0) || (options.DropNegative && IsNegative(node)))
                continue;

            Shown.Add(node);
            total += node.Flat;
        }

        NodeCutoff = Fraction(total, options.NodeFraction);
        EdgeCutoff = Fraction(total, options.EdgeFraction);
    }

    /// <summary>The entries, in the order of the report once that is set.</summary>
    public List<CallNode> Shown { get; } = [];

    /// <summary>Whether some entry with a weight was cut. As long as none was, calls from and to entries without a weight stay.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Entries left after the small ones were cut, before the number was limited.</summary>
    public int OriginalCount { get; private set; }

    /// <summary>Entries cut because they are small.</summary>
    public int DroppedCount { get; private set; }

    public long NodeCutoff { get; }

    public long EdgeCutoff { get; }

    /// <summary>Leaves out what has no weight or is too small; the order is still open.</summary>
    /// <param name="keepsCancelled">Whether entries stay in which gains and losses cancel out: where calls are shown, they are where those meet.</param>
    public static NodeChoice Choose(IEnumerable<CallNode> all, ReportOptions options, bool keepsCancelled = true)
    {
        var choice = new NodeChoice(all, options, keepsCancelled);
        choice.CutSmall();
        return choice;
    }

    /// <summary>Keeps the first entries.</summary>
    public void Limit(int count)
    {
        if (count >= Shown.Count)
            return;

        Shown.RemoveRange(count, Shown.Count - count);
        IsCut = true;
    }

    /// <summary>What is shown, by id; null while nothing was cut.</summary>
    public bool[]? Mask(int count)
    {
        if (!IsCut)
            return null;

        var mask = new bool[count];
        foreach (CallNode node in Shown)
            mask[node.Id] = true;

        return mask;
    }

    private static long Fraction(long total, double fraction) => SampleValues.Magnitude((long)(total * fraction));

    private static bool IsNegative(CallNode node) => node.Flat < 0 || (node.Flat == 0 && node.Cum < 0);

    private long CumWeight(CallNode node) => node.Cum != 0 || !_keepsCancelled ? node.Cum : node.Gross;

    private void CutSmall()
    {
        int before = Shown.Count;
        if (NodeCutoff > 0)
            Shown.RemoveAll(node => SampleValues.Magnitude(CumWeight(node)) < NodeCutoff);

        OriginalCount = Shown.Count;
        DroppedCount = before - Shown.Count;
        IsCut = DroppedCount > 0;
    }
}
