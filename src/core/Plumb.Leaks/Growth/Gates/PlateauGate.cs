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
        var seconds = input.Timeline.Seconds;
        var values = input.Adjusted;
        var tail = Math.Max(3, (int)Math.Round(values.Length * TailShare));
        var tailLine = TheilSen.Fit(seconds[^tail..], values.AsSpan()[^tail..]);
        var middle = values.Length / 2;
        var first = SegmentGrowth(seconds, values, 0, middle + 1);
        var second = SegmentGrowth(seconds, values, middle, values.Length);
        var half = MannKendall.Test(seconds[middle..], values.AsSpan(middle)).RankP;
        var share = input.Line.Slope > 0 ? tailLine.Slope / input.Line.Slope : 0;
        var dies = share <= TailSlope || second < HalfRatio * first || half > LastHalfLimit(values.Length - middle);
        return new GateResult(
            "plateau",
            dies ? GateVerdict.Fail : GateVerdict.Pass,
            dies ? "the growth dies down" : "it still grows at the end",
            [new("slope of the last 40 % over all", share), new("second half over first", first > 0 ? second / first : 1), new("p of the last half", half)]);
    }

    // The rank test of three points in order is never better than 1/6.
    private static double LastHalfLimit(int points) => points <= 3 ? 0.17 : HalfP;

    private static double SegmentGrowth(ReadOnlySpan<double> seconds, double[] values, int start, int end) =>
        TheilSen.Fit(seconds[start..end], values.AsSpan(start, end - start)).Slope * (seconds[end - 1] - seconds[start]);
}
