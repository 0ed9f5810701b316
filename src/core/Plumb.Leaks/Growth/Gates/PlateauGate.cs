namespace Plumb.Leaks.Growth.Gates;

/// <summary>
/// Does the growth die down? Caches fill, pools reach their size, warm-up ends. Where little is gained at all, so little at the
/// end may be chance: then the gate says so instead of guessing.
/// </summary>
internal static class PlateauGate
{
    private const double TailShare = 0.4;
    private const double TailSlope = 0.35;
    private const double HalfRatio = 0.45;
    private const double HalfP = 0.15;
    private const double Significant = 0.05;
    private const double Implausible = 0.005;
    private const double Ordinary = 0.25;
    private const double MayBeAPool = 0.6;

    public static GateResult Judge(GateInput input)
    {
        var result = ByTimeOrWork(input);
        // Work at hand does not shrink with the traffic when it takes ever longer: callers who wait for each other send less.
        return result.Verdict == GateVerdict.Pass && input.Load.PerRate > 0 && input.Series is { Quantity: GrowthQuantity.Goroutines, IsStuck: false } && Rests(input)
            ? result with { Verdict = GateVerdict.Fail, Reason = "it no longer rises, although less traffic is expected to hold less" }
            : result;
    }

    private static bool Rests(GateInput input)
    {
        var whole = TheilSen.Fit(input.Timeline.Seconds, input.Raw).Slope;
        var tail = TailOf(input.Raw.Length);
        return TheilSen.Fit(input.Timeline.Seconds[^tail..], input.Raw.AsSpan()[^tail..]).Slope <= TailSlope * whole;
    }

    private static GateResult ByTimeOrWork(GateInput input)
    {
        var byTime = Along(input, input.Timeline.Seconds, input.Line.Slope);
        if (byTime.Verdict == GateVerdict.Pass || !input.Timeline.KnowsRequests || input.Load.RateVariation <= input.Options.SteadyTraffic)
            return byTime;
        // When traffic ebbs, so does a leak: what counts then is whether each request still leaves as much behind.
        return Along(input, input.Timeline.Requests, input.Load.PerRequest ?? 0);
    }

    private static GateResult Along(GateInput input, ReadOnlySpan<double> x, double slope)
    {
        var values = input.Adjusted;
        var tail = TailOf(values.Length);
        var middle = values.Length / 2;
        var last = TheilSen.Fit(x[^tail..], values.AsSpan()[^tail..]).Slope;
        var first = TheilSen.Fit(x[..(middle + 1)], values.AsSpan(0, middle + 1)).Slope;
        var second = TheilSen.Fit(x[middle..], values.AsSpan(middle)).Slope;
        var half = MannKendall.Test(x[middle..], values.AsSpan(middle)).RankP;
        var share = slope > 0 ? last / slope : 0;
        var dies = share <= TailSlope || second < HalfRatio * first || half > LastHalfLimit(values.Length - middle);
        Figure[] figures = [new("slope of the last 40 % over all", share), new("second half over first", first > 0 ? second / first : 1), new("p of the last half", half)];
        return dies
            ? MayBeChance(input, x, tail, figures)
            : new GateResult("plateau", GateVerdict.Pass, "it still grows at the end", figures);
    }

    private static GateResult MayBeChance(GateInput input, ReadOnlySpan<double> x, int tail, Figure[] figures)
    {
        var died = new GateResult("plateau", GateVerdict.Fail, "the growth dies down", figures);
        // A part of the series has fewer arrivals, so it could excuse any end. Connections that wait come in bursts until the pool is full.
        if (!input.IsWhole || input.Series.IsIdleConnection || Arrivals.Of(input) is not { AreKept: true } arrivals) return died;
        // Whatever filled early has been full for more than the last points.
        var chance = Math.Min(arrivals.ChanceOfSoFew(x, tail + 1), arrivals.ChanceOfSoFew(x, (input.Adjusted.Length + 1) / 2));
        figures = [.. figures, new("chance of so little at the end", chance)];
        // A pool that hires as it needs to does so ever more seldom, which looks the same.
        var enough = input.Series.IsStuck ? Significant : input.RawSamples is null ? MayBeAPool : Ordinary;
        if (chance >= enough) return new GateResult("plateau", GateVerdict.Pass, "so little comes at a time that the end is as was to be expected", figures);
        if (chance >= Implausible && ResidentWitness.StillRises(input))
            return new GateResult("plateau", GateVerdict.Pass, "few samples came at the end, but resident memory goes on rising as before", figures);
        return chance >= Significant || ResidentWitness.StillRises(input)
            ? new GateResult("plateau", GateVerdict.Inconclusive, "too little has come to tell whether the growth dies down", figures)
            : died with { Figures = figures };
    }

    private static int TailOf(int points) => Math.Max(3, (int)Math.Round(points * TailShare));

    // The rank test of three points in order is never better than 1/6.
    private static double LastHalfLimit(int points) => points <= 3 ? 0.17 : HalfP;
}
