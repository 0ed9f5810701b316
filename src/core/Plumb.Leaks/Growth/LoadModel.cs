namespace Plumb.Leaks.Growth;

/// <summary>
/// Splits a series into what traffic holds and what it leaves behind: y = a + c·rate + k·requests, fitted with Huber's
/// weights so that one burst does not decide. Where the parts cannot be told apart nothing is taken away: a traffic ramp
/// looks like a leak to any fit, and the traffic gate says so.
/// </summary>
internal static class LoadModel
{
    private const double RateIsConstant = 0.03;
    private const double RateIsWork = 0.95;
    private const double FollowsClosely = 0.9;
    private const double Indistinct = 0.01;
    private const double NoticeablyBusier = 1.15;

    /// <summary>The series without its traffic-proportional part, and the fit.</summary>
    public static (double[] Adjusted, LoadFit Fit) Fit(LoadTimeline timeline, ReadOnlySpan<double> y)
    {
        if (!timeline.KnowsRequests || y.Length < 3) return (y.ToArray(), new LoadFit(0, null, 0, false));
        var variation = RobustStatistics.Variation(timeline.Rates);
        var perRate = RateCoefficient(timeline, y, variation, out var separable);
        var adjusted = y.ToArray();
        var mean = RobustStatistics.Mean(timeline.Rates);
        for (var i = 0; i < adjusted.Length; i++) adjusted[i] -= perRate * (timeline.Rates[i] - mean);
        return (adjusted, new LoadFit(perRate, null, variation, separable));
    }

    /// <summary>
    /// Whether the traffic of the moment explains a curve as well as the work done so far does. Under a rate that rises evenly what is
    /// held for each request at work rises in a line, and what each leaves behind ever faster.
    /// </summary>
    public static bool FollowsRate(LoadTimeline timeline, ReadOnlySpan<double> y)
    {
        if (!timeline.KnowsRequests || y.Length < 4) return false;
        // The rate before the first point is not known. A pool keeps what the busiest moment needed.
        var busiest = timeline.Rates[1..].ToArray();
        for (var i = 1; i < busiest.Length; i++) busiest[i] = Math.Max(busiest[i], busiest[i - 1]);
        var byRate = RobustStatistics.Correlation(busiest, y[1..]);
        return byRate >= FollowsClosely && byRate >= RobustStatistics.Correlation(timeline.Requests[1..], y[1..]) - Indistinct;
    }

    /// <summary>Whether the busiest moment so far came late, so that a pool had reason to grow until then.</summary>
    public static bool BusierAndBusier(LoadTimeline timeline)
    {
        if (!timeline.KnowsRequests || timeline.Count < 4) return false;
        var middle = timeline.Count / 2;
        return RobustStatistics.Max(timeline.Rates[middle..]) > NoticeablyBusier * RobustStatistics.Max(timeline.Rates[1..middle]);
    }

    private static double RateCoefficient(LoadTimeline timeline, ReadOnlySpan<double> y, double variation, out bool separable)
    {
        separable = variation > RateIsConstant
            && y.Length >= 8
            && Math.Abs(RobustStatistics.Correlation(timeline.Rates, timeline.Requests)) < RateIsWork;
        if (!separable) return 0;
        var coefficients = HuberRegression.Fit([timeline.Rates.ToArray(), timeline.Requests.ToArray()], y);
        // Traffic never holds less than nothing: a negative cost is noise fitted.
        return coefficients is null ? 0 : Math.Max(0, coefficients[1]);
    }

    /// <summary>What each request leaves behind; null when requests were not counted or none came.</summary>
    public static double? PerRequest(LoadTimeline timeline, double[] adjusted)
    {
        if (!timeline.KnowsRequests || timeline.Count < 2) return null;
        var served = timeline.Requests[^1] - timeline.Requests[0];
        return served > 0 ? TheilSen.Fit(timeline.Requests, adjusted).Slope : null;
    }
}
