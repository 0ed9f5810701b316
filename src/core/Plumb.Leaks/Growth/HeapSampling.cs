namespace Plumb.Leaks.Growth;

/// <summary>
/// Go keeps one allocation in <c>MemProfileRate</c> bytes (524,288 unless told otherwise) and scales what it kept up to an
/// estimate of all. How far an estimate may be trusted depends on how many samples it rests on, so the scaling is undone
/// (<c>runtime/pprof</c>, <c>scaleHeapSample</c>: count and size are divided by 1 − e^(−size/rate)).
/// </summary>
public static class HeapSampling
{
    /// <summary>Go's default distance between samples, in bytes.</summary>
    public const double DefaultRate = 512 * 1024;

    /// <summary>The number of allocations really sampled behind an estimate of <paramref name="objects"/> and
    /// <paramref name="bytes"/>; 0 for an empty row. A rate of 1 or less means that every allocation was kept.</summary>
    public static double RawSamples(double objects, double bytes, double rate)
    {
        if (!(objects > 0) || !(bytes > 0)) return 0;
        if (rate <= 1) return objects;
        return objects * -double.ExpM1(-bytes / objects / rate);
    }
}
