namespace Plumb.Benchmarks;

/// <summary>What a piece of work took.</summary>
internal sealed record Cost(double CpuSeconds, double WallSeconds, double PeakMegabytes)
{
    /// <summary>Each figure's median.</summary>
    public static Cost Median(IReadOnlyList<Cost> costs) => new(
        Middle(costs.Select(cost => cost.CpuSeconds)), Middle(costs.Select(cost => cost.WallSeconds)), Middle(costs.Select(cost => cost.PeakMegabytes)));

    private static double Middle(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted[sorted.Length / 2];
    }
}
