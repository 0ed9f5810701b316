namespace Plumb.Profiles.LegacyText;

/// <summary>Estimates what was allocated from what was sampled.</summary>
internal static class HeapSampling
{
    /// <summary>
    /// A sampler that takes one allocation every <paramref name="rate"/> bytes on average, as a Poisson process, sees an allocation of size s
    /// with probability 1 - exp(-s/rate). Dividing by it undoes the sampling.
    /// </summary>
    public static (long Count, long Bytes) Unsample(long count, long bytes, long rate)
    {
        if (count == 0 || bytes == 0)
            return (0, 0);

        if (rate <= 1)
            return (count, bytes);

        double averageBytes = (double)bytes / count;
        double scale = 1 / (1 - Math.Exp(-averageBytes / rate));
        return ((long)(count * scale), (long)(bytes * scale));
    }
}
