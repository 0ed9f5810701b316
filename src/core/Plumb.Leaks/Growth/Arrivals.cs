using Plumb.Leaks.Growth.Gates;

namespace Plumb.Leaks.Growth;

/// <summary>
/// A series as events: members, or heap samples, that arrive and perhaps leave again. Where there are few of them a slope says
/// little, because a third of the time may pass without any; how probable that is can be counted.
/// </summary>
internal sealed class Arrivals
{
    private const double KeptShare = 0.05;

    // Of so many one may have been on its way when the series began.
    private const double EnoughForAStray = 8;

    private readonly double[] _counts;

    private Arrivals(double[] counts, double departed)
    {
        _counts = counts;
        Gained = counts.Length == 0 ? 0 : counts[^1] - counts[0];
        Departed = departed;
    }

    /// <summary>More at the end than at the start.</summary>
    public double Gained { get; }

    /// <summary>How many left meanwhile, as far as it was seen.</summary>
    public double Departed { get; }

    /// <summary>Whether what comes here stays.</summary>
    public bool AreKept => Gained > 0 && Departed <= Math.Max(KeptShare * Gained, Gained >= EnoughForAStray ? 1 : 0);

    /// <summary>Null for everything but goroutines and sampled heap: threads stay once they were needed, descriptors are kept for reuse.</summary>
    public static Arrivals? Of(GateInput input)
    {
        if (input.RawSamples is { Length: > 1 } samples) return new Arrivals(samples, Math.Max(Falls(samples), Freed(input, samples)));
        return input.Series.Quantity != GrowthQuantity.Goroutines || input.Raw.Length < 2
            ? null
            : new Arrivals(input.Raw, Falls(input.Raw));
    }

    /// <summary>
    /// The chance that so few come in the last <paramref name="tail"/> points if they come as before. Events that come in bursts are
    /// fewer than their members, so the count is divided by its dispersion.
    /// </summary>
    /// <param name="along">What they come along: time, or requests served.</param>
    public double ChanceOfSoFew(ReadOnlySpan<double> along, int tail)
    {
        var span = along[^1] - along[0];
        if (!(Gained > 0) || !(span > 0)) return 1;
        var dispersion = Dispersion(along, Gained / span);
        var late = Math.Max(0, _counts[^1] - _counts[^tail]);
        return Distributions.BinomialLowerTail(late / dispersion, Gained / dispersion, (along[^1] - along[^tail]) / span);
    }

    // Pearson's: 1 for single events at random, more when several come at once.
    private double Dispersion(ReadOnlySpan<double> along, double rate)
    {
        var sum = 0.0;
        for (var i = 1; i < _counts.Length; i++)
        {
            var expected = Math.Max(rate * (along[i] - along[i - 1]), 1e-9);
            var off = _counts[i] - _counts[i - 1] - expected;
            sum += off * off / expected;
        }

        return Math.Max(1, sum / Math.Max(1, _counts.Length - 2));
    }

    /// <summary>How much of a series was given back between neighbouring points. Scaling samples back and forth leaves fractions; only a
    /// whole one is one.</summary>
    public static double Falls(ReadOnlySpan<double> counts)
    {
        var sum = 0.0;
        for (var i = 1; i < counts.Length; i++)
        {
            var lost = counts[i - 1] - counts[i];
            if (lost >= 0.5) sum += lost;
        }

        return sum;
    }

    private static double Freed(GateInput input, double[] samples) =>
        input.AllocatedSamples is { Length: > 1 } all ? Math.Max(0, all[^1] - all[0] - (samples[^1] - samples[0])) : 0;
}
