namespace Plumb.Leaks.Growth.Gates;

/// <summary>
/// Could more traffic explain the growth? When the request rate is not steady, points under no more than the same rate are
/// compared: far enough apart in time, three quarters of them must have risen.
/// </summary>
internal static class TrafficGate
{
    private const double SameRate = 1.10;
    private const double NoticeableRateGrowth = 0.03;
    private const double Elasticity = 3;
    private const double RisingShare = 0.75;
    private const int FewestPairs = 6;

    public static GateResult Judge(GateInput input)
    {
        var variation = input.Load.RateVariation;
        if (!input.Timeline.KnowsRequests && input.Series.IsWorkOnRequests)
            return new GateResult("traffic", GateVerdict.Inconclusive, "it is work on requests, and nobody counted those", []);
        if (!input.Timeline.KnowsRequests)
            return new GateResult("traffic", GateVerdict.Pass, "requests were not counted: taken as steady", []);
        if (variation <= input.Options.SteadyTraffic) return JudgeSteady(input, variation);
        var (pairs, rising, falling) = ComparablePairs(input.Timeline, input.Raw);
        var needed = Math.Max(FewestPairs, input.Raw.Length / 2);
        Figure[] figures = [new("rate variation", variation), new("comparable pairs", pairs), new("of them rising", rising), new("of them falling", falling)];
        if (pairs < needed)
            return new GateResult("traffic", GateVerdict.Inconclusive, "the load changed too much to compare like with like", figures);
        // A leak that comes in jumps is level between them; only what falls speaks against it.
        return rising > 0 && rising >= RisingShare * (rising + falling)
            ? new GateResult("traffic", GateVerdict.Pass, "it rises between points of equal load", figures)
            : new GateResult("traffic", GateVerdict.Fail, "it does not rise between points of equal load", figures);
    }

    // Even a small rise of the load carries what it holds with it. Only growth out of all proportion to it is something else.
    private static GateResult JudgeSteady(GateInput input, double variation)
    {
        var rate = Relative(TheilSen.Fit(input.Timeline.Seconds, input.Timeline.Rates), input.Timeline);
        var growth = Relative(TheilSen.Fit(input.Timeline.Seconds, input.Raw), input.Timeline);
        Figure[] figures = [new("rate variation", variation), new("relative growth of the rate", rate), new("relative growth", growth)];
        return rate > NoticeableRateGrowth && growth < Elasticity * rate
            ? new GateResult("traffic", GateVerdict.Inconclusive, "it grows no faster than the load did", figures)
            : new GateResult("traffic", GateVerdict.Pass, "the load was steady", figures);
    }

    private static double Relative(SlopeBand line, LoadTimeline timeline)
    {
        var start = line.At(timeline.Seconds[0]);
        return line.Slope == 0 ? 0 : line.Slope * timeline.DurationSeconds / Math.Max(Math.Abs(start), double.Epsilon);
    }

    private static (int Pairs, int Rising, int Falling) ComparablePairs(LoadTimeline timeline, double[] values)
    {
        var lag = Math.Max(1, values.Length / 4);
        int pairs = 0, rising = 0, falling = 0;
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = i + lag; j < values.Length; j++)
            {
                // A later point under less load is the stronger comparison, not a worse one.
                if (timeline.Rates[j] > timeline.Rates[i] * SameRate) continue;
                pairs++;
                if (values[j] > values[i]) rising++;
                if (values[j] < values[i]) falling++;
            }
        }

        return (pairs, rising, falling);
    }
}
