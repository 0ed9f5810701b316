using Plumb.Reports.Options;

namespace Plumb.Reports.Graphs;

/// <summary>Which entries a report shows, in what order.</summary>
internal sealed class NodeChoice
{
    private readonly NodeTable _table;
    private readonly NodeSums _sums;
    private readonly long[]? _gross;

    private NodeChoice(NodeTable table, NodeSums sums, ReportOptions options, bool keepsCancelled)
    {
        _table = table;
        _sums = sums;
        _gross = keepsCancelled ? sums.Gross : null;
        Shown = [];
        for (int node = 0; node < table.Count; node++)
        {
            if (Weight(node) != 0 && !(options.DropNegative && IsNegative(node)))
                Shown.Add(node);
        }

        long total = 0;
        foreach (int node in Shown)
            total += sums.Flat[node];

        NodeCutoff = Fraction(total, options.NodeFraction);
        EdgeCutoff = Fraction(total, options.EdgeFraction);
    }

    /// <summary>The entries, in the order of the report.</summary>
    public List<int> Shown { get; private set; }

    /// <summary>The same as a mask; null as long as none was cut, when calls from and to entries without a weight stay.</summary>
    public bool[]? Mask { get; private set; }

    /// <summary>Entries left after the small ones were cut, before the number was limited.</summary>
    public int OriginalCount { get; private set; }

    /// <summary>Entries cut because they are small.</summary>
    public int DroppedCount { get; private set; }

    public long NodeCutoff { get; }

    public long EdgeCutoff { get; }

    /// <summary>Cuts the small entries, and sorts.</summary>
    /// <param name="keepsCancelled">Whether entries stay in which gains and losses cancel out: where calls are shown, they are where those meet.</param>
    public static NodeChoice Choose(NodeTable table, NodeSums sums, ReportOptions options, bool keepsCancelled = true)
    {
        var choice = new NodeChoice(table, sums, options, keepsCancelled);
        choice.CutSmall();
        choice.Shown.Sort(options.Sort == SortOrder.Cum ? choice.CompareByCum : choice.CompareByFlat);
        return choice;
    }

    /// <summary>Keeps the first entries.</summary>
    public void Limit(int count)
    {
        if (count >= Shown.Count)
            return;

        Shown.RemoveRange(count, Shown.Count - count);
        SetMask();
    }

    /// <summary>Sorts by a score instead, highest first.</summary>
    public void SortBy(Func<int, long> score)
    {
        Dictionary<int, long> scores = Shown.ToDictionary(node => node, score);
        Shown.Sort((left, right) =>
        {
            int order = Magnitude(scores[right]).CompareTo(Magnitude(scores[left]));
            return order == 0 ? CompareTies(left, right, _sums.Flat) : order;
        });
    }

    internal static long Magnitude(long value) => value < 0 ? unchecked(-value) : value;

    private static long Fraction(long total, double fraction) => Magnitude((long)(total * fraction));

    private long Weight(int node) => _sums.Flat[node] != 0 ? _sums.Flat[node] : CumWeight(node);

    private long CumWeight(int node) => _sums.Cum[node] != 0 ? _sums.Cum[node] : _gross?[node] ?? 0;

    private bool IsNegative(int node) => _sums.Flat[node] < 0 || (_sums.Flat[node] == 0 && _sums.Cum[node] < 0);

    private void CutSmall()
    {
        int before = Shown.Count;
        if (NodeCutoff > 0)
            Shown.RemoveAll(node => Magnitude(CumWeight(node)) < NodeCutoff);

        OriginalCount = Shown.Count;
        DroppedCount = before - Shown.Count;
        if (DroppedCount > 0)
            SetMask();
    }

    private void SetMask()
    {
        Mask = new bool[_table.Count];
        foreach (int node in Shown)
            Mask[node] = true;
    }

    private int CompareByFlat(int left, int right)
    {
        int order = Magnitude(_sums.Flat[right]).CompareTo(Magnitude(_sums.Flat[left]));
        return order == 0 ? CompareTies(left, right, _sums.Cum) : order;
    }

    private int CompareByCum(int left, int right)
    {
        int order = Magnitude(_sums.Cum[right]).CompareTo(Magnitude(_sums.Cum[left]));
        return order == 0 ? CompareTies(left, right, _sums.Flat) : order;
    }

    // By the printed name, then by the other value, then by everything else there is: never by chance.
    private int CompareTies(int left, int right, long[] other)
    {
        int order = CompareNames(left, right);
        if (order == 0)
            order = Magnitude(other[right]).CompareTo(Magnitude(other[left]));

        if (order == 0)
            order = string.CompareOrdinal(_table.Info(left).OrderText, _table.Info(right).OrderText);

        return order == 0 ? left.CompareTo(right) : order;
    }

    private int CompareNames(int left, int right)
    {
        ulong leftAddress = _table.Address(left), rightAddress = _table.Address(right);
        return leftAddress != rightAddress && leftAddress != 0 && rightAddress != 0
            ? leftAddress.CompareTo(rightAddress)
            : string.CompareOrdinal(_table.Name(left), _table.Name(right));
    }
}
