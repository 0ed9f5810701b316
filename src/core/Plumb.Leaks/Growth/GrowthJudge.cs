using Plumb.Leaks.Growth.Gates;

namespace Plumb.Leaks.Growth;

/// <summary>
/// Decides which of many series grow the way a leak does: trend, effect, then one gate for each ordinary explanation of a
/// rise. Pure: the same points give the same answer.
/// </summary>
public static class GrowthJudge
{
    internal const string MayBeWarmUp = "in so short a time a cache or pool that fills looks the same";

    private const string MayFollowTheLoad = "the framework's own memory rises, but not steadily enough to exclude that it follows the load";

    private const int FullEvidenceTail = 8;
    private const int FlooredFrom = 12;
    private const int FewForWarmUp = 10;
    private const double WarmUpSeconds = 15;
    private const double PoolPerRequest = 0.05;

    /// <summary>One result for each series, in their order. The false-discovery bound is over all series given together.</summary>
    /// <exception cref="ArgumentException">A series has another number of values than the timeline has points.</exception>
    public static IReadOnlyList<GrowthResult> Judge(IReadOnlyList<GrowthSeries> series, LoadTimeline timeline, GrowthOptions? options = null)
    {
        options ??= GrowthOptions.Default;
        var results = new GrowthResult[series.Count];
        var candidates = new List<(int Index, List<GrowthWindow> Windows)>();
        for (var i = 0; i < results.Length; i++)
        {
            if (series[i].Values.Length != timeline.Count)
                throw new ArgumentException($"series {i} has {series[i].Values.Length} values for {timeline.Count} points", nameof(series));
            var known = KnownPoints(series[i], options);
            if (Unjudgeable(series[i], timeline, known, options) is { } result) results[i] = result;
            else candidates.Add((i, Windows(series[i], timeline, known, options)));
        }

        var discovered = FalseDiscovery.Accept(candidates.Select(c => SeriesP(c.Windows)).ToArray(), options.FalseDiscoveryRate);
        for (var c = 0; c < candidates.Count; c++)
            results[candidates[c].Index] = BestOf(candidates[c].Windows, discovered[c]);
        return results;
    }

    private static GrowthResult? Unjudgeable(GrowthSeries series, LoadTimeline timeline, int[] known, GrowthOptions options)
    {
        var (min, max) = Range(series.Values, known);
        // Not tested at all, so it does not dilute the bound either. The range does not know the direction of a series, so
        // choosing by it keeps the tests honest (Bourgon, Gentleman and Huber 2010).
        if (known.Length == 0 || max - min < series.SmallestGrowth)
            return GrowthResult.Flat(max > min ? "it changes too little to matter" : "it does not change", known.Length);
        if (known.Length >= options.MinPoints) return null;
        if (FewPoints.Judge(series, timeline, known) is { } seen) return seen;
        var ends = series.Values[known[^1]] - series.Values[known[0]];
        return ends < series.SmallestGrowth
            ? GrowthResult.Flat("it does not rise", known.Length)
            : new GrowthResult
            {
                Verdict = GrowthVerdict.Inconclusive,
                Reason = $"{known.Length} points are too few to tell a trend from chance; at least {options.MinPoints} are needed",
                Points = known.Length,
                Growth = ends,
            };
    }

    private static (double Min, double Max) Range(double[] values, int[] points)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        foreach (var point in points)
        {
            min = Math.Min(min, values[point]);
            max = Math.Max(max, values[point]);
        }

        return (min, max);
    }

    private static int[] KnownPoints(GrowthSeries series, GrowthOptions options)
    {
        var known = new List<int>(series.Values.Length);
        for (var i = 0; i < series.Values.Length; i++)
        {
            if (double.IsFinite(series.Values[i])) known.Add(i);
        }

        return known.Count <= options.MaxPoints
            ? [.. known]
            : Floored(series, [.. known], (known.Count + options.MaxPoints - 1) / options.MaxPoints);
    }

    private static int[] Floored(GrowthSeries series, int[] points, int block)
    {
        var lowest = FloorSeries.LowestOfBlocks(LoadTimeline.Pick(series.Values, points), block);
        return Array.ConvertAll(lowest, i => points[i]);
    }

    private static List<GrowthWindow> Windows(GrowthSeries series, LoadTimeline timeline, int[] known, GrowthOptions options)
    {
        var warm = known.Length >= 10 ? known[(int)(known.Length * options.WarmUpShare)..] : known;
        var windows = new List<GrowthWindow> { GrowthWindow.Measure(series, timeline, warm, options, isTail: false, isWhole: true) };
        if (warm.Length >= FlooredFrom)
            windows.Add(GrowthWindow.Measure(series, timeline, Floored(series, warm, 2), options, isTail: false));
        foreach (var start in (int[])[warm.Length / 3, warm.Length / 2])
        {
            var tail = warm[start..];
            if (start > 0 && tail.Length >= options.MinPoints)
                windows.Add(GrowthWindow.Measure(series, timeline, tail, options, isTail: true));
        }

        return windows;
    }

    // Looking through several windows is looking several times.
    private static double SeriesP(List<GrowthWindow> windows) => Math.Min(1, windows.Count * windows.Min(w => w.Trend.P));

    private static GrowthResult BestOf(List<GrowthWindow> windows, bool discovered)
    {
        GrowthResult? best = null;
        foreach (var window in windows)
        {
            var result = JudgeWindow(window, discovered);
            if (best is null || result.Verdict > best.Verdict) best = result;
            if (best.Verdict == GrowthVerdict.Grows) break;
        }

        return best!;
    }

    private static GrowthResult JudgeWindow(GrowthWindow window, bool discovered)
    {
        List<GateResult> gates = window.Trend.RankP >= GrowthWindow.WeakestTrend ? [] : AskGates(window.Input);
        var (verdict, reason) = Decide(window, gates, discovered);
        return new GrowthResult
        {
            Verdict = verdict,
            Reason = reason,
            Points = window.Input.Raw.Length,
            StartSeconds = window.Input.Timeline.Seconds[0],
            PerSecond = window.Input.Line,
            Growth = window.Input.Growth,
            Noise = window.Input.Noise,
            Level = window.Input.Line.At(window.Input.Timeline.Seconds[^1]),
            Trend = window.Trend,
            Load = window.Input.Load,
            Gates = gates,
        };
    }

    private static List<GateResult> AskGates(GateInput input)
    {
        var turnover = TurnoverGate.Judge(input);
        var traffic = TrafficGate.Judge(input);
        if (traffic.Verdict == GateVerdict.Inconclusive && TurnoverGate.ProvesRetention(input, turnover) && !IsPoolOfItsTraffic(input))
            traffic = traffic with { Verdict = GateVerdict.Pass, Reason = "the load changed, but what was seen earlier is still held" };
        return
        [
            EffectGate.Judge(input),
            .. SamplingGate.Judge(input) is { } sampling ? [sampling] : (GateResult[])[],
            .. KeptGate.Judge(input) is { } kept ? [kept] : (GateResult[])[],
            .. EnclosingGate.Judge(input) is { } enclosing ? [enclosing] : (GateResult[])[],
            .. WholeGate.Judge(input) is { } whole ? [whole] : (GateResult[])[],
            .. turnover is null ? (GateResult[])[] : [turnover],
            StepGate.Judge(input),
            PlateauGate.Judge(input),
            FloorGate.Judge(input),
            DriftGate.Judge(input),
            traffic,
        ];
    }

    // Connections are kept open for the next request: as many as the busiest moment needed. That they stay proves nothing, until there are
    // more than that could explain.
    private static bool IsPoolOfItsTraffic(GateInput input) =>
        input.Series.IsIdleConnection
        && (LoadModel.FollowsRate(input.Timeline, input.Raw) || (input.Load.PerRequest is < PoolPerRequest && LoadModel.BusierAndBusier(input.Timeline)));

    private static (GrowthVerdict Verdict, string Reason) Decide(GrowthWindow window, List<GateResult> gates, bool discovered)
    {
        if (window.Trend.RankP >= GrowthWindow.WeakestTrend) return (GrowthVerdict.Flat, "it does not rise steadily");
        if (gates.Find(g => g.Verdict == GateVerdict.Fail) is { } failed) return (GrowthVerdict.Flat, failed.Reason);
        if (gates.Find(g => g.Verdict == GateVerdict.Inconclusive) is { } open) return (GrowthVerdict.Inconclusive, open.Reason);
        if (MayStillFill(window.Input)) return (GrowthVerdict.Inconclusive, MayBeWarmUp);
        if (!discovered) return (GrowthVerdict.Inconclusive, "among so many stacks one may rise like this by chance");
        if (Doubt(window) is { } doubt)
            return window.Input.Series.IsOfFramework ? (GrowthVerdict.Flat, MayFollowTheLoad) : (GrowthVerdict.Suspicious, doubt);
        return (GrowthVerdict.Grows, window.IsTail ? "it has grown steadily since it started to rise" : "it grows steadily");
    }

    private static string? Doubt(GrowthWindow window) =>
        window.Trend.RankP >= window.Input.Options.Alpha ? "it rises, but not steadily enough to exclude chance"
        : window.IsTail && window.Input.Raw.Length < FullEvidenceTail ? "it started to rise late: too few points since then"
        : null;

    // Few points within seconds: whatever fills may well be full soon after, unless resident memory shows no sign of it. A pool grows with the
    // work at hand and a leak with the work done, so what one request in twenty leaves behind is none.
    private static bool MayStillFill(GateInput input) =>
        input.Raw.Length < FewForWarmUp && input.Timeline.DurationSeconds < WarmUpSeconds
        && ((input.Series.Quantity == GrowthQuantity.HeapBytes && !ResidentWitness.RisesAsBefore(input))
            || (input.Series is { Quantity: GrowthQuantity.Goroutines, IsStuck: false } && input.Load.PerRequest is < PoolPerRequest));
}
