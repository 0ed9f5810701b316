namespace Plumb.Leaks.Growth.Gates;

/// <summary>Is it one jump? A configuration loaded, a pool opened: once is not a leak.</summary>
internal static class StepGate
{
    private const double ShareOfGrowth = 0.5;
    private const double NoiseMultiple = 4;
    private const int FewestArrivals = 4;
    private const int FewestBursts = 2;

    public static GateResult Judge(GateInput input)
    {
        var at = LargestIncrement(input.Adjusted);
        var largest = Math.Max(0, input.Adjusted[at] - input.Adjusted[at - 1]);
        var growth = Math.Max(input.Growth, input.Adjusted[^1] - input.Adjusted[0]);
        var isStep = largest > ShareOfGrowth * growth && largest > NoiseMultiple * NoiseWithoutStep(input.Adjusted)
            && !RisesWithoutIt(input, at, largest);
        return new GateResult(
            "step",
            isStep ? GateVerdict.Fail : GateVerdict.Pass,
            isStep ? "one jump makes up most of the growth" : "no single jump makes up the growth",
            [new("largest increment", largest), new("growth", growth)]);
    }

    private static int LargestIncrement(double[] values)
    {
        var at = 1;
        for (var i = 2; i < values.Length; i++)
        {
            if (values[i] - values[i - 1] > values[at] - values[at - 1]) at = i;
        }

        return at;
    }

    // Members that only ever arrive, some of them many at once: with the jump taken out there is still a trend. Where they are stuck for good,
    // which is no way to start up, it need not be much of one.
    private static bool RisesWithoutIt(GateInput input, int at, double jump)
    {
        if (input.RawSamples is not null || Arrivals.Of(input) is not { AreKept: true }) return false;
        var rest = (double[])input.Raw.Clone();
        var arrivals = 0;
        for (var i = 1; i < rest.Length; i++)
        {
            if (i >= at) rest[i] -= jump;
            if (i != at && rest[i] > rest[i - 1]) arrivals++;
        }

        if (input.Series.IsStuck && input.Series is { SurvivalWasSeen: true, Survival: >= TurnoverGate.Stays }) return arrivals >= FewestBursts;
        return arrivals >= FewestArrivals && MannKendall.Test(input.Timeline.Seconds, rest, input.Series.Resolution).RankP < input.Options.Alpha;
    }

    // Around a fitted line a step is its own residual, so the noise is taken from the changes between neighbours.
    private static double NoiseWithoutStep(double[] values)
    {
        var changes = new double[Math.Max(0, values.Length - 1)];
        for (var i = 0; i < changes.Length; i++) changes[i] = values[i + 1] - values[i];
        return RobustStatistics.Sigma(changes) / Math.Sqrt(2);
    }
}
