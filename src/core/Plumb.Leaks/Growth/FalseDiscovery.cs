namespace Plumb.Leaks.Growth;

/// <summary>Benjamini and Hochberg's (1995) bound: of the series called growing, at most a share q is so by luck.</summary>
public static class FalseDiscovery
{
    /// <summary>Which of the hypotheses may be called true; in the order of <paramref name="p"/>.</summary>
    public static bool[] Accept(ReadOnlySpan<double> p, double q)
    {
        var sorted = p.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        var last = -1;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i] <= q * (i + 1) / sorted.Length) last = i;
        }

        var accepted = new bool[sorted.Length];
        for (var i = 0; i <= last; i++) accepted[order[i]] = true;
        return accepted;
    }
}
