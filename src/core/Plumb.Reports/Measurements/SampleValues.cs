namespace Plumb.Reports.Measurements;

/// <summary>
/// Arithmetic of sample values that never throws. A hostile profile may hold any, and <see cref="Math.Abs(long)"/>, the sums of LINQ and the division of
/// the smallest number by -1 do. Sums wrap around, as in pprof.
/// </summary>
internal static class SampleValues
{
    /// <summary>A value without its sign; the smallest there is becomes the largest.</summary>
    public static long Magnitude(long value) => value == long.MinValue ? long.MaxValue : Math.Abs(value);

    /// <summary>The sum where there is nothing to divide by.</summary>
    public static long Mean(long sum, long divisor) => divisor switch
    {
        0 => sum,
        -1 => unchecked(-sum),
        _ => sum / divisor,
    };

    public static long Sum(IEnumerable<long> values)
    {
        long sum = 0;
        foreach (long value in values)
            sum = unchecked(sum + value);

        return sum;
    }
}
