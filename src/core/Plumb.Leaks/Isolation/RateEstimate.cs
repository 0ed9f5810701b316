namespace Plumb.Leaks.Isolation;

/// <summary>Growth per request of each route in a set, added up over the set, with its variance. What two sets leak together is the sum
/// of what each leaks, so a set that was measured and its half that was measured tell about the other half.</summary>
internal readonly record struct RateEstimate(double PerRequest, double Variance)
{
    // Four standard deviations by chance: once in 30,000 measurements. Two: the bound below which nothing is worth another round.
    private const double Certain = 4;
    private const double Doubtful = 2;
    private const double Likely = 3;

    private double Sigmas => PerRequest / Math.Sqrt(Variance);

    public static RateEstimate Of(SignalReading reading, int requests)
    {
        // Things that leak by chance come in lumps: as many again is the variance of their number.
        double variance = (reading.Noise * reading.Noise) + (reading.Grain * Math.Max(0, reading.Growth));
        return new RateEstimate(reading.Growth / requests, variance / ((double)requests * requests));
    }

    public GrowthCall Call() => Sigmas switch
    {
        >= Certain => GrowthCall.Leaking,
        < Doubtful => GrowthCall.Clean,
        _ => GrowthCall.Unsure,
    };

    /// <summary>The decision when no more is to be measured.</summary>
    public bool Leaks => Sigmas >= Likely;

    public RateEstimate Minus(RateEstimate other) => new(PerRequest - other.PerRequest, Variance + other.Variance);

    /// <summary>Two measurements of the same as one, the surer one counting more.</summary>
    public RateEstimate With(RateEstimate other)
    {
        double weight = other.Variance / (Variance + other.Variance);
        return new RateEstimate((weight * PerRequest) + ((1 - weight) * other.PerRequest), Variance * weight);
    }
}
