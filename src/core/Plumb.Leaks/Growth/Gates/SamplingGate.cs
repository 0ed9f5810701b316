namespace Plumb.Leaks.Growth.Gates;

/// <summary>
/// Does an estimated series rest on enough samples? A cache that is full still exchanges its entries, and with them which
/// of them were sampled: its estimate wanders by √k around a level that does not change, and slowly, so that it looks like a
/// trend. Growth must stand out of that, over the whole and, to exclude a cache that has filled, over the second half. How
/// much is exchanged is known, because the profile counts what was ever allocated as well as what is live: where nothing is given
/// back, fewer samples say as much.
/// </summary>
internal static class SamplingGate
{
    private const double OverTheWhole = 2.5;
    private const double OverTheSecondHalf = 1.5;
    private const double GivesMuchBack = 0.25;
    private const double Stricter = 1.65;
    private const double Witnessed = 0.85;
    private const int EnoughToSeeExchange = 8;

    /// <summary>Null for counts, which need no samples.</summary>
    public static GateResult? Judge(GateInput input)
    {
        if (input.RawSamples is not { Length: > 2 } samples) return null;
        var center = samples.Length / 2;
        var (first, middle, last) = (samples[0], RobustStatistics.Median(samples.AsSpan(center - 1, 3)), Math.Max(samples[^1], samples[^2]));
        // Much comes and goes here: what stays must be told from that as well.
        var strictness = Arrivals.Falls(samples) > GivesMuchBack * (last - first) ? Stricter : ResidentWitness.StillRises(input) ? Witnessed : 1;
        var whole = Deviations(first, last, Moved(input, samples, 0));
        var half = Deviations(middle, last, Moved(input, samples, center));
        Figure[] figures =
        [
            new("samples", last), new("samples gained", last - first), new("relative error", last > 0 ? 1 / Math.Sqrt(last) : 1),
            new("deviations gained", whole), new("deviations gained in the second half", half),
        ];
        if (last < input.Options.MinRawSamples || whole < OverTheWhole * strictness)
            return new GateResult("sampling", GateVerdict.Fail, "too few heap samples to judge this stack", figures);
        return half < OverTheSecondHalf * strictness
            ? new GateResult("sampling", half >= 1 && MayBeMore(input) ? GateVerdict.Inconclusive : GateVerdict.Fail, "what it gained in the second half may be the noise of heap sampling", figures)
            : new GateResult("sampling", GateVerdict.Pass, "enough heap samples to judge", figures);
    }

    // The difference of two levels that exchange all their members has the variance of both; that of what arrived and left, the
    // variance of what did.
    private static double Deviations(double from, double to, double moved) => (to - from) / Math.Sqrt(Math.Max(1, Math.Min(from + to, moved)));

    private static double Moved(GateInput input, double[] samples, int since)
    {
        var fallen = Arrivals.Falls(samples.AsSpan(since));
        var seen = samples[^1] - samples[since] + 2 * fallen;
        if (input.AllocatedSamples is { } all) return Math.Max(seen, 2 * (all[^1] - all[since]) - (samples[^1] - samples[since]));
        // Without the count of what was allocated, an exchange shows only where there are points enough to see it.
        return samples.Length >= EnoughToSeeExchange ? seen : double.PositiveInfinity;
    }

    // Nothing was given back so far, or resident memory rises as well: a longer series will tell.
    private static bool MayBeMore(GateInput input) =>
        (input.AllocatedSamples is not null && Arrivals.Of(input) is { AreKept: true }) || EnclosingGate.Judge(input) is { Verdict: GateVerdict.Pass };
}
