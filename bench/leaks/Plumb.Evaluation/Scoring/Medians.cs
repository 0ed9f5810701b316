namespace Plumb.Evaluation.Scoring;

internal static class Medians
{
    /// <summary>The value below which a share of the values is; NaN of nothing.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
            return double.NaN;
        double place = share * (sorted.Length - 1);
        double low = sorted[(int)place];
        double high = sorted[Math.Min(sorted.Length - 1, (int)place + 1)];
        // The second is never weighed by nothing: infinity times 0 is no number.
        double rest = place - (int)place;
        return rest == 0 ? low : low + (rest * (high - low));
    }
}
