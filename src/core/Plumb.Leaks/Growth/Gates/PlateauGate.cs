namespace Plumb.Leaks.Growth.Gates;

/// <summary>Does the growth die down? Caches fill, pools reach their size, warm-up ends.</summary>
internal static class PlateauGate
{
    private const double TailShare = 0.4;
    private const double TailSlope = 0.35;
    private const double HalfRatio = 0.45;
    private const double HalfP = 0.15;

    public static GateResult Judge(GateInput input)
    {
        var byTime = Along(input.Timeline.Seconds, input.Line.Slope, input.Adjusted);
        if (byTime.Verdict == GateVerdict.Pass || !input.Timeline.KnowsRequests || input.Load.RateVariation <= input.Options.SteadyTraffic)
            return byTime;
        // When traffic ebbs, so does a leak: what counts then is whether each request still leaves as much behind.
        return Along(input.Timeline.Requests, input.Load.PerRequest ?? 0, input.Adjusted);
    }

    private static GateResult Along(ReadOnlySpan<double> x, double slope, double[] values)
    {
        var tail = Math.Max(3, (int)Math.Round(values.Length * TailShare));
        var middle = values.Length / 2;
        var last = TheilSen.Fit(x[^tail..], values.AsSpan()[^tail..]).Slope;
        var first = TheilSen.Fit(x[..(middle + 1)], values.AsSpan(0, middle + 1)).Slope;
        var second = TheilSen.Fit(x[middle..], values.AsSpan(middle)).Slope;
        var half = MannKendall.Test(x[middle..], values.AsSpan(middle)).RankP;
        var share = slope > 0 ? last / slope : 0;
        var dies = share <= TailSlope || second < HalfRatio * first || half > LastHalfLimit(values.Length - middle);
        return new GateResult(
            "plateau",
            dies ? GateVerdict.Fail : GateVerdict.Pass,
            dies ? "the growth dies down" : "it still grows at the end",
            [new("slope of the last 40 % over all", share), new("second half over first", first > 0 ? second / first : 1), new("p of the last half", half)]);
    }

    // The rank test of three points in order is never better than 1/6.
    private static double LastHalfLimit(int points) => points <= 3 ? 0.17 : HalfP;
}
