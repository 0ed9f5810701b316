namespace Plumb.Leaks.Growth.Gates;

/// <summary>
/// Does an estimated series rest on enough samples? A cache that is full still exchanges its entries, and with them which
/// of them were sampled: its estimate wanders by √k around a level that does not change, and slowly, so that it looks like a
/// trend. Growth must stand out of that, over the whole and, to exclude a cache that has filled, over the second half. Where
/// nothing is ever given back there is no exchange, and fewer samples say as much.
/// </summary>
internal static class SamplingGate
{
    private const double OverTheWhole = 2.5;
    private const double OverTheSecondHalf = 1.5;
    private const double GivesNothingBack = 0.05;
    private const double GivesMuchBack = 0.25;
    private const double Stricter = 1.65;
    private const int EnoughToSeeExchange = 8;

    /// <summary>Null for counts, which need no samples.</summary>
    public static GateResult? Judge(GateInput input)
    {
        if (input.RawSamples is not { Length: > 2 } samples) return null;
        var (first, middle, last) = (samples[0], RobustStatistics.Median(samples.AsSpan(samples.Length / 2 - 1, 3)), Math.Max(samples[^1], samples[^2]));
        var given = GivenBack(samples);
        var keeps = samples.Length >= EnoughToSeeExchange && given <= GivesNothingBack * (last - first);
        // Much comes and goes here: what stays must be told from that as well.
        var strictness = given > GivesMuchBack * (last - first) ? Stricter : 1;
        var whole = Deviations(first, last, keeps);
        var half = Deviations(middle, last, keeps);
        Figure[] figures =
        [
            new("samples", last), new("samples gained", last - first), new("relative error", last > 0 ? 1 / Math.Sqrt(last) : 1),
            new("deviations gained", whole), new("deviations gained in the second half", half),
        ];
        if (last < input.Options.MinRawSamples || whole < OverTheWhole * strictness)
            return new GateResult("sampling", GateVerdict.Fail, "too few heap samples to judge this stack", figures);
        return half < OverTheSecondHalf * strictness
            ? new GateResult("sampling", GateVerdict.Fail, "what it gained in the second half may be the noise of heap sampling", figures)
            : new GateResult("sampling", GateVerdict.Pass, "enough heap samples to judge", figures);
    }

    // The difference of two levels that exchange their members has the variance of both; what only arrives has its own.
    private static double Deviations(double from, double to, bool keeps) =>
        (to - from) / Math.Sqrt(Math.Max(1, keeps ? to - from : from + to));

    // Scaling back and forth leaves fractions; only a whole sample is one.
    private static double GivenBack(double[] samples)
    {
        var sum = 0.0;
        for (var i = 1; i < samples.Length; i++)
        {
            var lost = samples[i - 1] - samples[i];
            if (lost >= 0.5) sum += lost;
        }

        return sum;
    }
}
